package dev.signalbox.workflows.clock;

import java.time.Instant;

/**
 * The order that something is done in one environment by the clock, and the input of each run that
 * does it.
 *
 * @param <O> the order itself
 */
public interface ByTheClock<O extends ByTheClock<O>> {
  String project();

  String environment();

  ClockTimes times();

  /** When it was given, or given again after a pause: times before it were not missed. */
  Instant since();

  /** Why nothing is done for now; null = it is. */
  String paused();

  /** The same, called off for a while; null = taken up again. */
  O paused(String reason);

  /** At other times; what is paused stays so. */
  O at(ClockTimes other, Instant now);
}
