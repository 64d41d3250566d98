package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

/**
 * A commit with other files that looks like another one: same message, authors, dates and parents.
 */
final class Amended {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final House house;

  private Amended(House house) {
    this.house = house;
  }

  /** Takes the place of the commit at the end of a branch, by force. */
  static String inPlaceOf(String revision, String branch, House house) throws Exception {
    return new Amended(house).push(revision, branch);
  }

  private String push(String revision, String branch) throws Exception {
    JsonNode was = JSON.readTree(house.github().get("/git/commits/" + revision));
    JsonNode tree =
        send(
            "POST",
            "/git/trees",
            Map.of(
                "base_tree",
                was.at("/tree/sha").asText(),
                "tree",
                List.of(
                    Map.of(
                        "path", "backend/evil.txt",
                        "mode", "100644",
                        "type", "blob",
                        "content", "nobody approved this"))));
    JsonNode now =
        send(
            "POST",
            "/git/commits",
            Map.of(
                "message", was.get("message"),
                "tree", tree.get("sha"),
                "author", was.get("author"),
                "committer", was.get("committer"),
                "parents", was.get("parents").findValuesAsText("sha")));
    assertThat(now.at("/committer/date")).isEqualTo(was.at("/committer/date"));
    String sha = now.get("sha").asText();
    send("PATCH", "/git/refs/heads/" + branch, Map.of("sha", sha, "force", true));
    return sha;
  }

  private JsonNode send(String method, String path, Map<String, Object> body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    house.sandbox().githubUrl()
                        + "/repos/"
                        + house.sandbox().repositoryName()
                        + path))
            .header("Authorization", "Bearer " + house.sandbox().githubToken())
            .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    return JSON.readTree(answer.body());
  }
}
