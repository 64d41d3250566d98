package dev.signalbox.starter;

import dev.signalbox.workflows.backup.ScheduledBackup;
import java.time.Instant;
import java.util.Optional;

/**
 * Backups by the clock, as an engine keeps them: a Schedule where it has those, else cron. All of
 * it may be asked twice.
 */
interface BackupTimetable {

  static BackupTimetable of(EngineCalls calls) {
    return calls.testServer() ? new CronTimetable(calls) : new ScheduleTimetable(calls);
  }

  /** What is ordered for an environment; empty = nothing. */
  Optional<Planned> find(String environment);

  /** Makes it so, whatever was ordered before. */
  void put(ScheduledBackup order);

  /** Orders nothing any more. What is under way is taken to its end. */
  void remove(String environment);

  /**
   * @param next when the next one is due; null = it is paused
   * @param overlapped times that passed while the one before was under way; null = the engine does
   *     not count them
   * @param missed times that passed while the engine was away; null = the engine does not count
   */
  record Planned(ScheduledBackup order, Instant next, Long overlapped, Long missed) {}
}
