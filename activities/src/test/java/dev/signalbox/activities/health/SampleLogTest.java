package dev.signalbox.activities.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Run;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleLogTest {
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

  private SampleLog log = SampleLog.EMPTY;
  private int taken;

  private void take(String service, Reading reading, String got) {
    log = log.and(new Sample(service, reading, "200", got, NOW.plusSeconds(taken++)));
  }

  @Test
  void writesEqualSamplesInARowAsOneLineForEachService() {
    for (int round = 0; round < 1_000; round++) {
      take("backend", Reading.GOOD, "200");
      take("frontend", Reading.GOOD, "200");
    }

    assertThat(log.runs()).extracting(Run::service).containsExactly("backend", "frontend");
    assertThat(log.runs()).extracting(Run::count).containsExactly(1_000, 1_000);
    assertThat(log.runs().get(0).from()).isEqualTo(NOW);
    assertThat(log.runs().get(1).to()).isEqualTo(NOW.plusSeconds(1_999));
  }

  @Test
  void keepsEachChange() {
    take("backend", Reading.EARLIER, "200, old");
    take("backend", Reading.GOOD, "200");
    take("backend", Reading.GOOD, "200");
    take("backend", Reading.BAD, "503");

    assertThat(log.runs())
        .extracting(Run::reading)
        .containsExactly(Reading.EARLIER, Reading.GOOD, Reading.BAD);
    assertThat(log.omitted()).isZero();
  }

  @Test
  void leavesOutTheMiddleAndCountsItWhereTooMuchChanges() {
    for (int round = 0; round < 500; round++) {
      take("backend", Reading.GOOD, "200, number " + round);
    }
    take("backend", Reading.BAD, "503");

    List<Run> runs = log.runs();
    assertThat(runs).hasSize(60);
    assertThat(runs.get(0).got()).isEqualTo("200, number 0");
    assertThat(runs.get(59).got()).isEqualTo("503");
    assertThat(log.omitted() + runs.stream().mapToInt(Run::count).sum()).isEqualTo(501);
  }
}
