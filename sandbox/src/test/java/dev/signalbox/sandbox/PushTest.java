package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.SandboxSettings.ServiceSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PushTest extends SandboxTest {
  @Override
  SandboxSettings settings() {
    return super.settings()
        .withServices(
            List.of(
                new ServiceSettings("backend", "backend", List.of()),
                new ServiceSettings("frontend", "frontend", List.of("frontend/**"))));
  }

  @Test
  void deploysWhereATriggerWaitsForTheBranch() {
    String pushed = release("staging", "latency = \"1ms\"\n");

    Eventually.see(() -> client.version("staging", "backend"), pushed::equals);
  }

  @Test
  void deploysNothingWhereThereIsNoTrigger() {
    String before = client.instance("production", "backend").at("/latestDeployment/id").asText();

    release("main", "latency = \"1ms\"\n");

    assertThat(client.instance("production", "backend").at("/latestDeployment/id").asText())
        .isEqualTo(before);
  }

  @Test
  void skipsAServiceWhoseWatchedFilesDidNotChange() {
    release("staging", "latency = \"1ms\"\n");

    var latest = client.instance("staging", "frontend").get("latestDeployment");

    assertThat(latest.get("status").asText()).isEqualTo("SKIPPED");
    assertThat(latest.at("/meta/skippedReason").asText()).isEqualTo("No changes to watched files");
  }

  @Test
  void deploysNothingOnceAutoDeployIsSwitchedOff() {
    client
        .ask(
            "mutation($i: ServiceInstanceAutoDeployUpdateInput!) {"
                + " serviceInstanceAutoDeployUpdate(input: $i) { enabled } }",
            Map.of(
                "i",
                Map.of(
                    "projectId",
                    sandbox.projectId(),
                    "environmentId",
                    sandbox.environmentId("staging"),
                    "serviceId",
                    sandbox.serviceId("backend"),
                    "enabled",
                    false)))
        .data();
    String before = client.instance("staging", "backend").at("/latestDeployment/id").asText();

    release("staging", "latency = \"1ms\"\n");

    assertThat(client.instance("staging", "backend").at("/latestDeployment/id").asText())
        .isEqualTo(before);
  }
}
