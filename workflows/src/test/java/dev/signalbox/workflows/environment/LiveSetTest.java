package dev.signalbox.workflows.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.release.ServiceDeployment;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveSetTest {
  private static final Instant THEN = Instant.parse("2026-11-01T12:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-02T12:00:00Z");

  private static ServiceDeployment deployment(String id) {
    return new ServiceDeployment("backend", id, "a".repeat(40), true, THEN);
  }

  @Test
  void keepsWhatIsKnownOfItsDatabaseWhenItIsDeployedAgain() {
    LiveSet set =
        new LiveSet(
            "a".repeat(40),
            "b".repeat(40),
            THEN,
            List.of(deployment("d-1")),
            List.of("frontend"),
            List.of("0003"),
            "0002",
            "backup-1",
            List.of("0001"));

    LiveSet again = set.on(List.of(deployment("d-2")), NOW);

    assertThat(again)
        .isEqualTo(
            new LiveSet(
                "a".repeat(40),
                "b".repeat(40),
                NOW,
                List.of(deployment("d-2")),
                List.of("frontend"),
                List.of("0003"),
                "0002",
                "backup-1",
                List.of("0001")));
  }
}
