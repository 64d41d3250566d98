package dev.signalbox.workflows.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.policy.Freeze;
import dev.signalbox.workflows.policy.MonitorPolicy;
import dev.signalbox.workflows.policy.MonitorPolicy.IncidentPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilenceTest {
  private static final Instant NOW = Instant.parse("2026-03-03T09:30:00Z");

  @Test
  void keepsQuietWhileWeDeploy() {
    Doings deploying = new Doings(null, NOW.minus(Duration.ofMinutes(14)));

    assertThat(Silence.at(NOW, deploying, policy()))
        .contains(
            new Silence("our own deployment, for 15m at most", NOW.plus(Duration.ofMinutes(1))));
  }

  @Test
  void isNotKeptQuietByADeploymentThatHangs() {
    assertThat(Silence.at(NOW, new Doings(null, NOW.minus(Duration.ofMinutes(15))), policy()))
        .isEmpty();
  }

  @Test
  void keepsQuietDuringMaintenanceByTheClockOfItsPlace() {
    Freeze window = new Freeze("Tue 10:00", "Tue 11:00", "Europe/Berlin", "new disks");

    assertThat(Silence.at(NOW, Doings.NONE, policy(window)))
        .contains(
            new Silence(
                "maintenance every Tue 10:00 to Tue 11:00 Europe/Berlin, new disks",
                NOW.plus(Duration.ofMinutes(30))));
    assertThat(Silence.at(NOW.plus(Duration.ofMinutes(30)), Doings.NONE, policy(window))).isEmpty();
  }

  @Test
  void watchesAReleaseCloselyForHalfAnHour() {
    Instant end = NOW.plus(Duration.ofMinutes(1));
    Doings released = new Doings(end.minus(Duration.ofMinutes(30)), null);

    assertThat(released.closelyUntil(NOW)).contains(end);
    assertThat(released.closelyUntil(end)).isEmpty();
    assertThat(Doings.NONE.closelyUntil(NOW)).isEmpty();
  }

  private static MonitorPolicy policy(Freeze... maintenance) {
    return new MonitorPolicy(
        null,
        3,
        2,
        Duration.ofSeconds(30),
        Duration.ofSeconds(1),
        null,
        null,
        null,
        null,
        null,
        null,
        Duration.ofMinutes(15),
        List.of(maintenance),
        IncidentPolicy.DEFAULTS);
  }
}
