package dev.signalbox.activities.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.health.Probed;
import dev.signalbox.activities.http.Reach;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.monitor.Check;
import dev.signalbox.workflows.monitor.Check.Kind;
import dev.signalbox.workflows.monitor.Look;
import dev.signalbox.workflows.monitor.Rules;
import dev.signalbox.workflows.monitor.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookerTest {
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
  private final Looker looker =
      new Looker(
          Reach.ofTheInternet(),
          List.of(),
          new Rules(3, 2, Duration.ofSeconds(1), Duration.ofDays(14)),
          Pace.of(Clock.systemUTC()));

  @ParameterizedTest
  @CsvSource({"HEALTH, 13, DEGRADED", "HEALTH, 14, UP", "PAGE, -1, DEGRADED", "CONTROL, 1, UP"})
  void isDegradedWhileACertificateEndsSoon(Kind kind, int days, State state) {
    assertThat(look(kind, Reading.GOOD, NOW.plus(Duration.ofDays(days))).state()).isEqualTo(state);
  }

  @Test
  void saysWhenTheCertificateEnds() {
    Look look = look(Kind.HEALTH, Reading.GOOD, Instant.parse("2026-11-09T00:00:00Z"));

    assertThat(look.expected()).isEqualTo("2xx by a certificate that is good for 14 days");
    assertThat(look.got()).isEqualTo("200 by one that ends on 2026-11-09T00:00:00Z");
  }

  @Test
  void isDownForAWrongAnswerWhateverTheCertificate() {
    assertThat(look(Kind.HEALTH, Reading.BAD, NOW).state()).isEqualTo(State.DOWN);
  }

  private Look look(Kind kind, Reading reading, Instant certificateEnds) {
    Check check = new Check("web", "web", kind, null, Duration.ofSeconds(5), null, null);
    Sample sample = new Sample("web", reading, "2xx", "200", NOW);
    return looker.judge(check, new Probed(sample, certificateEnds), NOW, Duration.ofMillis(3));
  }
}
