package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeploymentEndsTest extends SandboxTest {
  private Client.Answer end(String deed, String id) {
    return client.ask("mutation($id: String!) { " + deed + "(id: $id) }", Map.of("id", id));
  }

  private Client.Answer health() {
    return client.get(sandbox.serviceUrl("production", "backend"));
  }

  @Test
  void cancelsOneThatIsOnItsWayAndLeavesTheOldOneServing() {
    String old = client.version("production", "backend");
    String id = client.deploy("production", "backend", release("staging", "build = \"400ms\"\n"));
    client.await(id, "BUILDING");

    end("deploymentCancel", id).data();

    JsonNode cancelled = client.deployment(id);
    assertThat(cancelled.get("status").asText()).isEqualTo("REMOVED");
    assertThat(cancelled.at("/meta").has("imageDigest")).isFalse();
    assertThat(cancelled.get("canRollback").asBoolean()).isFalse();
    assertThat(client.version("production", "backend")).isEqualTo(old);
    assertThat(end("deploymentCancel", id).error()).contains("Cannot cancel");
  }

  @Test
  void stopsTheProcessOfTheActiveOne() {
    String id = client.activeId("production", "backend");

    end("deploymentStop", id).data();

    JsonNode stopped =
        client
            .ask(
                "query($id: String!) { deployment(id: $id) { status deploymentStopped"
                    + " instances { status } } }",
                Map.of("id", id))
            .data()
            .get("deployment");
    assertThat(stopped.get("status").asText()).isEqualTo("SUCCESS");
    assertThat(stopped.get("deploymentStopped").asBoolean()).isTrue();
    assertThat(stopped.at("/instances/0/status").asText()).isEqualTo("EXITED");
    assertThat(health().status()).isEqualTo(502);
  }

  @Test
  void endsByItselfWithItsExitCode() {
    String job = release("staging", "exit = 0\nexit_after = \"300ms\"\n");
    String id = client.deploy("production", "backend", job);

    assertThat(client.await(id, "SUCCESS")).isNotNull();
    assertThat(stopped(id)).isFalse();
    Eventually.see(() -> stopped(id), done -> done);

    assertThat(client.deployment(id).get("status").asText()).isEqualTo("SUCCESS");
    assertThat(client.activeId("production", "backend")).isEqualTo(id);
    assertThat(health().status()).isEqualTo(502);
  }

  @Test
  void crashesWithAnotherExitCode() {
    String id = client.deploy("production", "backend", release("staging", "exit = 3\n"));

    client.await(id, "CRASHED");

    assertThat(stopped(id)).isFalse();
  }

  @Test
  void onlyBuildsACronService() {
    String id =
        client.deploy("production", "backend", release("staging", "cron = \"0 3 * * *\"\n"));

    JsonNode built = client.await(id, "SUCCESS");

    assertThat(built.at("/meta/buildOnly").asBoolean()).isTrue();
    assertThat(built.at("/meta/imageDigest").asText()).startsWith("sha256:");
    assertThat(stopped(id)).isFalse();
    assertThat(client.activeId("production", "backend")).isEqualTo(id);
  }

  @Test
  void runsThePreDeployCommandInTheTreeOfTheCommitWithTheServicesVariables() {
    sandbox
        .railway()
        .preDeploy(
            "production", "backend", "grep -c exit sandbox.toml; echo $RAILWAY_SERVICE_NAME");
    String id = client.deploy("production", "backend", release("staging", "exit_after = 1\n"));

    client.await(id, "SUCCESS");

    assertThat(deployLog(id)).containsSubsequence("1", "backend");
  }

  @Test
  void leavesTheOldOneServingWhenThePreDeployCommandFails() {
    String old = client.version("production", "backend");
    sandbox.railway().preDeploy("production", "backend", "exit 3");
    String id = client.deploy("production", "backend", release("staging", ""));

    client.await(id, "FAILED");

    assertThat(client.version("production", "backend")).isEqualTo(old);
  }

  @Test
  void answersWithAnErrorWhileItsDatabaseRefuses() {
    String release =
        release(
            "staging",
            """
            [database]
            variable = "DATABASE_URL"
            read = "select 1"
            """);
    client
        .ask(
            "mutation($p: String!, $e: String!, $s: String!, $v: String!) { variableUpsert(input:"
                + " {projectId: $p, environmentId: $e, serviceId: $s, name: \"DATABASE_URL\","
                + " value: $v, skipDeploys: true}) }",
            Map.of(
                "p", sandbox.projectId(),
                "e", sandbox.environmentId("production"),
                "s", sandbox.serviceId("backend"),
                "v", "postgresql://ana:word@127.0.0.1:1/app"))
        .data();
    String id = client.deploy("production", "backend", release);

    client.await(id, "FAILED");

    assertThat(deployLog(id)).anyMatch(line -> line.contains("status 500"));
  }

  @Test
  void keepsNothingWithoutTheVariableOfItsDatabase() {
    String release = release("staging", "[database]\nvariable = \"DATABASE_URL\"\n");
    String id = client.deploy("production", "backend", release);

    client.await(id, "SUCCESS");

    assertThat(health().status()).isEqualTo(200);
  }

  private List<String> deployLog(String id) {
    List<String> lines = new ArrayList<>();
    client
        .ask(
            "query($id: String!) { deploymentLogs(deploymentId: $id, limit: 100) { message } }",
            Map.of("id", id))
        .data()
        .get("deploymentLogs")
        .forEach(line -> lines.add(line.get("message").asText()));
    return lines;
  }

  private boolean stopped(String id) {
    return client
        .ask("query($id: String!) { deployment(id: $id) { deploymentStopped } }", Map.of("id", id))
        .data()
        .at("/deployment/deploymentStopped")
        .asBoolean();
  }

  @Test
  void removesTheActiveOneAndCanRollBackToIt() {
    String id = client.activeId("production", "backend");

    end("deploymentRemove", id).data();
    assertThat(health().status()).isEqualTo(404);
    end("deploymentRollback", id).data();

    client.await(sandbox.railway().deployments("production", "backend").get(0).id(), "SUCCESS");
    assertThat(health().status()).isEqualTo(200);
  }

  @Test
  void keepsServingWhenAnOldOneIsRemovedThatServesNoMore() {
    String old = client.activeId("production", "backend");
    client.await(client.deploy("production", "backend", staged()), "SUCCESS");

    assertThat(end("deploymentRemove", old).error()).isEqualTo("Deployment not found");

    assertThat(health().status()).isEqualTo(200);
  }

  @Test
  void brings502ToLifeByARestart() {
    String id = client.activeId("production", "backend");
    client.control("PATCH", "/services/production/backend", Map.of("crash_after", "0s"));
    client.await(id, "CRASHED");

    end("deploymentRestart", id).data();

    client.await(id, "SUCCESS");
    assertThat(health().status()).isEqualTo(200);
  }

  @Test
  void saysInWhichStepItFailed() {
    String id = client.deploy("production", "backend", release("staging", "start = \"fail\"\n"));
    client.await(id, "FAILED");

    JsonNode steps =
        client
            .ask(
                "query($id: String!) { deploymentEvents(id: $id) { edges { node { step completedAt"
                    + " payload { error } } } } }",
                Map.of("id", id))
            .data()
            .at("/deploymentEvents/edges");

    assertThat(steps.findValuesAsText("step"))
        .containsExactly("SNAPSHOT_CODE", "BUILD_IMAGE", "PUBLISH_IMAGE", "CREATE_CONTAINER");
    assertThat(steps.findValuesAsText("error")).endsWith("Process ended with exit code 1");
  }
}
