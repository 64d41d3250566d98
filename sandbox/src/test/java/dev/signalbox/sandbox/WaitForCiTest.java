package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitForCiTest extends SandboxTest {
  @BeforeEach
  void waitForCi() {
    String trigger =
        sandbox.railway().triggers().stream()
            .filter(t -> t.service().equals("backend"))
            .findFirst()
            .orElseThrow()
            .id();
    client
        .ask(
            "mutation($id: String!) {"
                + " deploymentTriggerUpdate(id: $id, input: { checkSuites: true }) {"
                + " checkSuites branch } }",
            Map.of("id", trigger))
        .data();
  }

  private JsonNode pushed(String toml) {
    String sha = release("staging", toml);
    String id =
        Eventually.see(
                () -> sandbox.railway().deployments("staging", "backend").get(0),
                newest -> newest.commit().equals(sha))
            .id();
    return client.deployment(id);
  }

  @Test
  void waitsUntilEveryCheckSuiteIsGreenAndDeploysThen() {
    JsonNode waiting =
        pushed("checks = { unit = \"success\", slow = \"success\" }\nchecks_after = \"500ms\"\n");

    assertThat(waiting.get("status").asText()).isEqualTo("WAITING");
    client.await(waiting.get("id").asText(), "SUCCESS");
  }

  @Test
  void skipsForEverWhatCiRefuses() {
    JsonNode waiting = pushed("checks = { unit = \"failure\" }\nchecks_after = \"200ms\"\n");
    String id = waiting.get("id").asText();

    JsonNode skipped = client.await(id, "SKIPPED");
    assertThat(skipped.at("/meta/skippedReason").asText()).isEqualTo("CI check suite failed");
    sandbox.github().completeCheck(skipped.at("/meta/commitHash").asText(), "unit", "success");

    assertThat(client.deployment(id).get("status").asText()).isEqualTo("SKIPPED");
    String deployed = client.deploy("staging", "backend", skipped.at("/meta/commitHash").asText());
    client.await(deployed, "SUCCESS");
  }

  @Test
  void isPassedByADeploymentThroughTheApi() {
    String sha = release("staging", "checks = { unit = \"success\" }\nchecks_after = \"30s\"\n");

    client.await(client.deploy("staging", "backend", sha), "SUCCESS");
  }

  @Test
  void canBeCancelledWhileItWaits() {
    JsonNode waiting = pushed("checks = { unit = \"success\" }\nchecks_after = \"30s\"\n");

    client
        .ask(
            "mutation($id: String!) { deploymentCancel(id: $id) }",
            Map.of("id", waiting.get("id").asText()))
        .data();

    assertThat(client.deployment(waiting.get("id").asText()).get("status").asText())
        .isEqualTo("REMOVED");
  }
}
