package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeploymentTest extends SandboxTest {
  @Test
  void goesThroughRailwaysStatusesToTheAir() {
    String slow = release("staging", SLOW);
    String id = client.deploy("production", "backend", slow);

    Set<String> seen = new LinkedHashSet<>();
    Eventually.see(
        () -> client.deployment(id).get("status").asText(),
        status -> {
          seen.add(status);
          return status.equals("SUCCESS");
        });
    assertThat(seen).contains("BUILDING", "SUCCESS").doesNotContain("FAILED");
    assertThat(client.version("production", "backend")).isEqualTo(slow);
  }

  @Test
  void saysCommitAndBranchInItsMeta() {
    String id = client.deploy("production", "backend", staged());

    var meta = client.await(id, "SUCCESS").get("meta");

    assertThat(meta.get("commitHash").asText()).isEqualTo(staged());
    assertThat(meta.get("branch").asText()).isEqualTo("staging");
    assertThat(meta.get("repo").asText()).isEqualTo("acme/inspector");
    assertThat(meta.get("imageDigest").asText()).startsWith("sha256:");
  }

  @Test
  void leavesTheOldReleaseServingUntilTheNewOneIsHealthy() {
    String old = client.version("production", "backend");
    String slow = release("staging", "start = \"400ms\"\n");

    String id = client.deploy("production", "backend", slow);
    client.await(id, "DEPLOYING");

    assertThat(client.version("production", "backend")).isEqualTo(old);
    client.await(id, "SUCCESS");
    assertThat(client.version("production", "backend")).isEqualTo(slow);
  }

  @Test
  void keepsTheOldReleaseWhenTheNewOneIsNeverHealthy() {
    String old = client.version("production", "backend");
    String broken = release("staging", "[environments.production]\nhealth = 503\n");

    client.await(client.deploy("production", "backend", broken), "FAILED");

    assertThat(client.version("production", "backend")).isEqualTo(old);
    assertThat(client.get(sandbox.serviceUrl("production", "backend")).status()).isEqualTo(200);
  }

  @Test
  void marksTheReplacedDeploymentAsRemoved() {
    String old = client.activeId("production", "backend");

    client.await(client.deploy("production", "backend", staged()), "SUCCESS");

    assertThat(client.deployment(old).get("status").asText()).isEqualTo("REMOVED");
    assertThat(client.activeId("production", "backend")).isNotEqualTo(old);
  }

  @Test
  void endsFailedWhenItCannotBeBuilt() {
    String unbuildable = release("staging", "build = \"fail\"\n");

    String id = client.deploy("production", "backend", unbuildable);

    assertThat(client.await(id, "FAILED").get("meta").has("imageDigest")).isFalse();
  }

  @Test
  void isUnhealthyOnlyAfterItWasActiveForAWhile() {
    String url = sandbox.serviceUrl("production", "backend") + "/api/health";
    String failing = release("staging", "unhealthy_after = \"300ms\"\n");

    client.await(client.deploy("production", "backend", failing), "SUCCESS");

    assertThat(Eventually.see(() -> client.get(url), seen -> seen.status() == 503).text())
        .contains("unhealthy");
  }

  @Test
  void answersAsTheEdgeDoesOnceTheReleaseHasCrashed() {
    String crashing = release("staging", "crash_after = \"100ms\"\n");
    String id = client.deploy("production", "backend", crashing);

    client.await(id, "CRASHED");

    assertThat(client.get(sandbox.serviceUrl("production", "backend")).status()).isEqualTo(502);
  }

  @Test
  void refusesACommitThatRailwayCannotSeeAndDeploysNothing() {
    String before = client.instance("production", "backend").at("/latestDeployment/id").asText();

    Client.Answer answer = client.tryDeploy("production", "backend", "f".repeat(40));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.error()).isEqualTo("Commit not found");
    assertThat(client.instance("production", "backend").at("/latestDeployment/id").asText())
        .isEqualTo(before);
  }

  @Test
  void tellsTheReleaseWhoItIs() {
    var variables = client.get(sandbox.serviceUrl("production", "backend") + "/env").json();

    assertThat(variables.get("RAILWAY_ENVIRONMENT_NAME").asText()).isEqualTo("production");
    assertThat(variables.get("RAILWAY_DEPLOYMENT_ID").asText())
        .isEqualTo(client.activeId("production", "backend"));
  }

  @Test
  void changesARunningServiceWithoutADeployment() {
    String before = client.activeId("production", "backend");

    client.control("PATCH", "/services/production/backend", Map.of("health", 500));

    assertThat(client.get(sandbox.serviceUrl("production", "backend")).status()).isEqualTo(500);
    assertThat(client.activeId("production", "backend")).isEqualTo(before);
  }
}
