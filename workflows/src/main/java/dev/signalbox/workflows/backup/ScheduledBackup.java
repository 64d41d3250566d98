package dev.signalbox.workflows.backup;

import dev.signalbox.workflows.clock.ByTheClock;
import dev.signalbox.workflows.clock.ClockTimes;
import java.time.Instant;

/**
 * The order that an environment's backups are taken by the clock.
 *
 * @param since when it was given, or given again after a pause: times before it were not missed
 * @param paused why nothing is taken for now; null = it is
 */
public record ScheduledBackup(
    String project, String environment, ClockTimes times, Instant since, String paused)
    implements ByTheClock<ScheduledBackup> {

  @Override
  public ScheduledBackup paused(String reason) {
    return new ScheduledBackup(project, environment, times, since, reason);
  }

  /** The same, taken up again. */
  public ScheduledBackup resumed(Instant now) {
    return new ScheduledBackup(project, environment, times, now, null);
  }

  @Override
  public ScheduledBackup at(ClockTimes other, Instant now) {
    return new ScheduledBackup(project, environment, other, now, paused);
  }
}
