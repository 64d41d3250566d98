package dev.signalbox.starter.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.sandbox.Hmac;
import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.release.Moments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands in the comments of a promotion's pull request; no door counts without proof. */
final class CommentTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "between the two of us";

  private House house;
  private OpenGateway gateway;

  @BeforeEach
  void open(@TempDir Path directory) {
    house =
        House.at(directory)
            .variable("SIGNALBOX_GATEWAY_KEY", "the-key-of-the-gateway")
            .configured(
                toml ->
                    PolicyText.with(toml, House.PRODUCTION, "trust", "[]")
                        + WhyAtEveryDoor.CONFIGURATION)
            .open();
    gateway =
        new OpenGateway(
            house,
            Map.of(
                "SIGNALBOX_GITHUB_WEBHOOK_SECRET", SECRET, "VIEWER_TOKEN", WhyAtEveryDoor.TOKEN));
    send(
        house.sandbox().githubToken(),
        "POST",
        "/hooks",
        """
        {"name": "web", "active": true, "events": ["issue_comment"],
         "config": {"url": "%s/webhooks/github", "content_type": "json", "secret": "%s"}}
        """
            .formatted(gateway.url(), SECRET));
  }

  @AfterEach
  void close() {
    gateway.close();
    house.close();
  }

  @Test
  void anApprovalInACommentIsProvedCountedAndAnsweredInPlace() {
    house.releaseOnStaging();
    String id = house.promote();
    String pull = pull(id);
    String stranger = comment(house.sandbox().githubToken(), pull, "/signalbox approve");
    String edited = comment(house.sandbox().reviewerToken(), pull, "looks good");
    send(
        house.sandbox().reviewerToken(),
        "PATCH",
        "/issues/comments/" + edited,
        body("/signalbox approve"));
    String why = comment(house.sandbox().reviewerToken(), pull, "/signalbox why");
    Eventually.that("why is answered", () -> answers(pull).contains("waits for approval"));
    assertThat(house.status(id).orElseThrow().decisions()).isEmpty();
    saysTheSameAtEveryDoor(new WhyAtEveryDoor(house, gateway.url(), id), answers(pull));

    String early = comment(house.sandbox().reviewerToken(), pull, "I will look at it");
    String before = Moments.text(Instant.now().minusSeconds(300));
    // Its words at GitHub are those that are delivered: else it is refused for that.
    send(
        house.sandbox().reviewerToken(),
        "PATCH",
        "/issues/comments/" + early,
        body("/signalbox approve"));
    deliver(early, pull, before, "/signalbox approve");
    Eventually.that(
        "what was written before it was asked is refused",
        () -> answers(pull).contains("refused: you said it at " + before + ", this is asked"));

    String yes = comment(house.sandbox().reviewerToken(), pull, "/signalbox approve\n@everyone");

    assertThat(house.await(id, status -> status.decisions().size() > 1).decisions())
        .last()
        .satisfies(
            decision -> {
              assertThat(decision.decisionId()).isEqualTo("github-" + yes);
              assertThat(decision.verified()).isTrue();
              assertThat(decision.counted()).isTrue();
            })
        .extracting(Decision::person, Decision::door)
        .containsExactly("ana", "github");
    Eventually.that("the verdict is told", () -> answers(pull).contains("counted: approve by ana"));
    assertThat(answers(pull)).contains("#issuecomment-" + why).doesNotContain("@everyone");
    assertThat(reactions(yes)).containsExactly("eyes");
    assertThat(reactions(stranger)).containsExactly("confused");
    assertThat(reactions(edited)).isEmpty();
  }

  private static void saysTheSameAtEveryDoor(WhyAtEveryDoor why, String comment) {
    List<String> said = why.terminal();

    assertThat(said).anyMatch(line -> line.startsWith("waits for "));
    assertThat(WhyAtEveryDoor.comment(comment)).isEqualTo(said);
    assertThat(why.slack()).isEqualTo(said);
    assertThat(why.details()).isEqualTo(said);
    assertThat(why.api())
        .isEqualTo(said.stream().filter(line -> line.startsWith("waits for ")).toList());
  }

  private String pull(String id) {
    house.awaitApproval(id);
    String url = house.status(id).orElseThrow().pullRequest();
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private String comment(String token, String pull, String text) {
    return send(token, "POST", "/issues/" + pull + "/comments", body(text)).path("id").asText();
  }

  /** GitHub sends once more what somebody wrote then. */
  private void deliver(String comment, String pull, String written, String text) {
    String user = "{\"login\": \"" + Sandbox.REVIEWER + "\", \"id\": 5, \"type\": \"User\"}";
    String body =
        """
        {"action": "created", "issue": {"number": %s, "pull_request": {}}, "sender": %s,
         "comment": {"id": %s, "body": "%s", "created_at": "%s", "user": %s},
         "repository": {"full_name": "%s"}}
        """
            .formatted(pull, user, comment, text, written, user, house.sandbox().repositoryName());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.url() + "/webhooks/github"))
            .headers("Content-Type", "application/json", "X-GitHub-Event", "issue_comment")
            .headers("X-GitHub-Delivery", "again-1")
            .header("X-Hub-Signature-256", "sha256=" + Hmac.sha256(SECRET, body.getBytes(UTF_8)))
            .POST(BodyPublishers.ofString(body))
            .build();
    assertThat(answer(request).statusCode()).isEqualTo(202);
  }

  /** The one comment that holds answers. */
  private String answers(String pull) {
    List<String> ours =
        StreamSupport.stream(
                send(
                        house.sandbox().githubToken(),
                        "GET",
                        "/issues/" + pull + "/comments?per_page=100",
                        "")
                    .spliterator(),
                false)
            .map(one -> one.path("body").asText())
            .filter(body -> body.contains("<!-- signalbox:answers -->"))
            .toList();
    assertThat(ours).hasSizeLessThanOrEqualTo(1);
    return ours.isEmpty() ? "" : ours.get(0);
  }

  private List<String> reactions(String comment) {
    return StreamSupport.stream(
            send(
                    house.sandbox().githubToken(),
                    "GET",
                    "/issues/comments/" + comment + "/reactions",
                    "")
                .spliterator(),
            false)
        .map(one -> one.path("content").asText())
        .toList();
  }

  private static String body(String text) {
    return JSON.createObjectNode().put("body", text).toString();
  }

  private JsonNode send(String token, String method, String path, String body) {
    URI address =
        URI.create(
            house.sandbox().githubUrl() + "/repos/" + house.sandbox().repositoryName() + path);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + token)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = answer(request);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    try {
      return JSON.readTree(answer.body());
    } catch (IOException noJson) {
      throw new UncheckedIOException(noJson);
    }
  }

  private static HttpResponse<String> answer(HttpRequest request) {
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
