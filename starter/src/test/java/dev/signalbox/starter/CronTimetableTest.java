package dev.signalbox.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.starter.engine.InProcessEngine;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.clock.ClockTimes;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CronTimetableTest extends BackupScheduleContract {
  private static InProcessEngine engine;

  @BeforeAll
  static void start() {
    engine = InProcessEngine.start();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Override
  String engine() {
    return engine.address();
  }

  @Test
  void tellsATimeOfEachDayInUtcAsOfToday() {
    assertThat(CronTimetable.inUtc("backups", AT_THREE, Instant.parse("2026-11-27T12:00:00Z")))
        .isEqualTo("0 2 * * *");
    assertThat(CronTimetable.inUtc("backups", AT_THREE, Instant.parse("2026-07-01T12:00:00Z")))
        .isEqualTo("0 1 * * *");
  }

  @Test
  void refusesOtherTimesInAnotherZoneThanUtc() {
    ClockTimes weekly = new ClockTimes("0 1 * * 1", "Europe/Berlin");

    assertThatThrownBy(() -> schedule.at(weekly))
        .isInstanceOf(TroubleException.class)
        .hasMessageContaining("--zone UTC");
    assertThat(schedule.at(new ClockTimes("0 1 * * 1", "UTC")).changed()).isTrue();
  }
}
