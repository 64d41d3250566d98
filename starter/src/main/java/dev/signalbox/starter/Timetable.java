package dev.signalbox.starter;

import dev.signalbox.workflows.clock.ByTheClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * What is done by the clock, as an engine keeps it: a Schedule where it has those, else cron. All
 * of it may be asked twice.
 *
 * @param <O> the order that is kept, one for each environment
 */
interface Timetable<O extends ByTheClock<O>> {

  static <O extends ByTheClock<O>> Timetable<O> of(EngineCalls calls, Deed<O> deed) {
    return calls.testServer()
        ? new CronTimetable<>(calls, deed)
        : new ScheduleTimetable<>(calls, deed);
  }

  /**
   * What is done when the time comes: a run of one workflow, whose input is the order.
   *
   * @param words what it is to a person: "backups"
   * @param id of the schedule, and of its runs, from project and environment
   * @param catchUp the engine was away at the time: later than this the time is missed, and the
   *     next one counts
   */
  record Deed<O>(
      String words,
      Class<?> workflow,
      Class<O> order,
      BinaryOperator<String> id,
      Duration catchUp) {}

  /** What is ordered for an environment; empty = nothing. */
  Optional<Planned<O>> find(String environment);

  /** Makes it so, whatever was ordered before. */
  void put(O order);

  /** Orders nothing any more. What is under way is taken to its end. */
  void remove(String environment);

  /**
   * @param next when the next one is due; null = it is paused
   * @param overlapped times that passed while the one before was under way; null = the engine does
   *     not count them
   * @param missed times that passed while the engine was away; null = the engine does not count
   */
  record Planned<O>(O order, Instant next, Long overlapped, Long missed) {}
}
