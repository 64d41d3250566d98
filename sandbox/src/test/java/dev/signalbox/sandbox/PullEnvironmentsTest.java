package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PullEnvironmentsTest extends SandboxTest {
  private static final String NAME = "inspector-pr-1";

  @BeforeEach
  void switchOn() {
    client
        .ask(
            "mutation($id: String!, $i: ProjectUpdateInput!) { projectUpdate(id: $id, input: $i) {"
                + " prDeploys } }",
            Map.of(
                "id",
                sandbox.projectId(),
                "i",
                Map.of("prDeploys", true, "baseEnvironmentId", sandbox.environmentId("staging"))))
        .data();
  }

  private String open() {
    String head = release("feature", "version = \"feature\"\n");
    github("POST", "/pulls", Map.of("head", "feature", "base", "main", "title", "A feature"));
    return head;
  }

  private void github(String method, String path, Map<String, ?> body) {
    new Client(sandbox)
        .with("Authorization", "Bearer " + sandbox.githubToken())
        .call(method, sandbox.githubUrl() + "/repos/acme/inspector" + path, body);
  }

  private boolean exists() {
    return sandbox.railway().environments().stream().anyMatch(e -> e.name().equals(NAME));
  }

  private void awaitRunning() {
    Eventually.see(
        () -> exists() && sandbox.railway().active(NAME, "backend").isPresent(), seen -> seen);
  }

  @Test
  void deploysAPullRequestsHeadIntoAnEnvironmentOfItsOwn() {
    String head = open();

    awaitRunning();
    assertThat(sandbox.railway().active(NAME, "backend").orElseThrow().commit()).isEqualTo(head);
    JsonNode environment =
        client
            .ask(
                "query($id: String!) { environment(id: $id) { isEphemeral"
                    + " sourceEnvironment { name } meta { prNumber prRepo branch baseBranch } } }",
                Map.of("id", sandbox.environmentId(NAME)))
            .data()
            .get("environment");
    assertThat(environment.get("isEphemeral").asBoolean()).isTrue();
    assertThat(environment.at("/sourceEnvironment/name").asText()).isEqualTo("staging");
    assertThat(environment.at("/meta/prNumber").asInt()).isEqualTo(1);
    assertThat(environment.at("/meta/branch").asText()).isEqualTo("feature");
    assertThat(environment.at("/meta/prRepo").asText()).isEqualTo("acme/inspector");
  }

  @Test
  void followsThePullRequestsBranch() {
    open();
    awaitRunning();

    String next = release("feature", "version = \"next\"\n");

    Eventually.see(
        () -> sandbox.railway().active(NAME, "backend"),
        active -> active.isPresent() && active.get().commit().equals(next));
  }

  @Test
  void isLeftBehindByAPullRequestThatIsClosedInAConflict() {
    open();
    awaitRunning();
    release("main", "version = \"another\"\n");

    github("PATCH", "/pulls/1", Map.of("state", "closed"));
    github("POST", "/pulls", Map.of("head", "staging", "base", "main", "title", "Another"));

    Eventually.see(
        () ->
            sandbox.railway().environments().stream()
                .anyMatch(e -> e.name().equals("inspector-pr-2")),
        there -> there);
    assertThat(exists()).isTrue();
  }

  @Test
  void goesWhenThePullRequestIsClosed() {
    open();
    awaitRunning();

    github("PATCH", "/pulls/1", Map.of("state", "closed"));

    Eventually.see(this::exists, there -> !there);
  }
}
