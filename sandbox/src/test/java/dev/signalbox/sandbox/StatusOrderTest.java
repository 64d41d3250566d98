package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.SandboxSettings.Timing;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** With no time at all between them, the first statuses of a deployment keep their order. */
class StatusOrderTest extends SandboxTest {
  private static final int DEPLOYMENTS = 60;

  @Override
  SandboxSettings settings() {
    Timing quick = Timing.QUICK;
    return SandboxSettings.demo()
        .withTiming(new Timing(Duration.ZERO, quick.build(), quick.start(), quick.healthcheck()));
  }

  @Test
  void neverGoesBackToAnEarlierOne() {
    String slow = release("staging", "build = \"60s\"");

    List<String> ids =
        IntStream.range(0, DEPLOYMENTS)
            .mapToObj(number -> client.deploy("production", "backend", slow))
            .toList();

    // Only what stands there for a minute is looked at, so an order that was wrong stays to be
    // seen.
    ids.forEach(id -> client.await(id, "BUILDING"));
    assertThat(ids)
        .allSatisfy(
            id -> assertThat(client.deployment(id).get("status").asText()).isEqualTo("BUILDING"));
  }
}
