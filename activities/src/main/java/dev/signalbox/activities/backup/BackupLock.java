package dev.signalbox.activities.backup;

import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.activities.migration.MigratorLock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Keeps two attempts at one backup from writing over each other: an attempt that timed out may run
 * on beside the next one. And one database is saved by one at a time: a dump holds locks that a
 * migration's statements would wait for, so a migration, which takes its own backup first, begins
 * when no other is under way. The locks are the session's, so they end with their holder.
 */
final class BackupLock {
  private static final String OF_THE_BACKUP = "hashtextextended('signalbox backup ' || ?, 0)";
  private static final String OF_THE_DATABASE = "hashtextextended('signalbox backups', 0)";
  private static final Duration LONGEST_WAIT = Duration.ofHours(12);

  private final DatabaseSession holder;
  private final DatabaseAddress database;

  private BackupLock(DatabaseSession holder, DatabaseAddress database) {
    this.holder = holder;
    this.database = database;
  }

  /**
   * Works while it is held.
   *
   * @param ifQuiet not beside another backup or a migration; else it waits for the other backup
   * @throws MigrationException {@code UNREACHABLE}: a former attempt is still at it; {@code BUSY}:
   *     it is not quiet
   */
  static <T> T holding(
      DatabaseAddress database, String id, boolean ifQuiet, Stop stop, Supplier<T> work) {
    try (DatabaseSession holder =
        DatabaseSession.open(database, "signalbox-backup-lock", LONGEST_WAIT)) {
      BackupLock lock = new BackupLock(holder, database);
      lock.requireOnlyAttempt(id);
      if (ifQuiet) {
        lock.requireQuiet();
      } else {
        lock.await(stop);
      }
      return work.get();
    }
  }

  private void requireOnlyAttempt(String id) {
    if (!tried("pg_try_advisory_lock(" + OF_THE_BACKUP + ")", id)) {
      throw failure(
          Fault.UNREACHABLE,
          "a former attempt at the backup " + id + " still runs",
          "It is tried again.");
    }
  }

  private void await(Stop stop) {
    Stop.AutoCut waiting = stop.during(holder::cut);
    try {
      holder.value("select pg_advisory_lock(" + OF_THE_DATABASE + ")");
    } catch (MigrationException failed) {
      stop.requireGoing();
      throw failed;
    } finally {
      waiting.close();
    }
  }

  /** Shared with whoever else only looks: a migrator, which wants it alone, waits for the end. */
  private void requireQuiet() {
    if (!tried("pg_try_advisory_lock(" + OF_THE_DATABASE + ")")) {
      throw failure(
          Fault.BUSY, "another backup of it is under way", "None is needed beside that one.");
    }
    if (!tried("pg_try_advisory_lock_shared(?)", MigratorLock.KEY)) {
      throw failure(
          Fault.BUSY, "it is being migrated", "The migration took a backup before it began.");
    }
  }

  private boolean tried(String lock, Object... parameters) {
    return "t".equals(holder.value("select " + lock, parameters));
  }

  private MigrationException failure(Fault fault, String answer, String next) {
    return new MigrationException(
        fault, "Backing up the database", database.toString(), answer, next);
  }
}
