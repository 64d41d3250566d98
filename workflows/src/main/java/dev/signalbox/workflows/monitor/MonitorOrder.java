package dev.signalbox.workflows.monitor;

import dev.signalbox.workflows.clock.ByTheClock;
import dev.signalbox.workflows.clock.ClockTimes;
import java.time.Instant;

/**
 * The order that an environment is monitored by the clock.
 *
 * @param times when each full round begins; null = one round, now, and no watch: nobody is told
 * @param since when it was given
 * @param paused why nothing is looked at for now; null = it is
 */
public record MonitorOrder(
    String project, String environment, ClockTimes times, Instant since, String paused)
    implements ByTheClock<MonitorOrder> {

  @Override
  public MonitorOrder paused(String reason) {
    return new MonitorOrder(project, environment, times, since, reason);
  }

  @Override
  public MonitorOrder at(ClockTimes other, Instant now) {
    return new MonitorOrder(project, environment, other, now, paused);
  }
}
