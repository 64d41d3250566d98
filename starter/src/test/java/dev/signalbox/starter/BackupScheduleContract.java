package dev.signalbox.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.starter.BackupSchedule.Standing;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.engine.EngineAddress;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workflows.backup.ScheduledBackup;
import dev.signalbox.workflows.clock.ClockTimes;
import java.time.Instant;
import java.time.LocalTime;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds on every engine; no worker is needed for it. */
abstract class BackupScheduleContract {
  static final ClockTimes AT_THREE = ClockTimes.daily(LocalTime.of(3, 0), "Europe/Berlin");

  private EngineConnection connection;
  BackupSchedule schedule;

  /** {@code host:port} of an engine that runs for longer than one test. */
  abstract String engine();

  @BeforeEach
  void connect() {
    connection = EngineConnection.open(EngineAddress.local(engine(), "default", "a test"));
    schedule =
        new SignalboxClient(connection, "p" + UUID.randomUUID()).backupSchedule("production");
  }

  @AfterEach
  void leave() {
    schedule.remove();
    connection.close();
  }

  @Test
  void keepsTheTimesAndSaysTheNext() {
    assertThat(schedule.show().order()).isEmpty();

    Standing set = schedule.at(AT_THREE);

    assertThat(set.changed()).isTrue();
    assertThat(set.order()).get().extracting(ScheduledBackup::times).isEqualTo(AT_THREE);
    assertThat(set.next()).isEqualTo(AT_THREE.next(Instant.now()).orElseThrow());
    assertThat(schedule.show().order()).isEqualTo(set.order());
  }

  @Test
  void changesNothingThatIsSoAlready() {
    schedule.at(AT_THREE);
    assertThat(schedule.at(AT_THREE).changed()).isFalse();
    assertThat(schedule.resume().changed()).isFalse();

    schedule.pause("the server moves");
    assertThat(schedule.pause("the server moves").changed()).isFalse();

    assertThat(schedule.remove().changed()).isTrue();
    assertThat(schedule.remove().changed()).isFalse();
  }

  @Test
  void keepsAPauseWithItsReasonOverOtherTimesUntilItIsResumed() {
    schedule.at(AT_THREE);
    schedule.pause("the server moves");

    Standing moved = schedule.at(ClockTimes.daily(LocalTime.of(4, 30), "UTC"));

    assertThat(moved.order())
        .get()
        .extracting(ScheduledBackup::paused)
        .isEqualTo("the server moves");
    assertThat(moved.next()).isNull();
    assertThat(schedule.resume().order()).get().extracting(ScheduledBackup::paused).isNull();
    assertThat(schedule.show().next()).isNotNull();
  }

  @Test
  void saysThatThereIsNothingToPause() {
    assertThatThrownBy(() -> schedule.pause("why"))
        .isInstanceOfSatisfying(
            TroubleException.class, refused -> assertThat(refused.trouble().code()).isEqualTo(1))
        .hasMessageContaining("none are scheduled");
  }
}
