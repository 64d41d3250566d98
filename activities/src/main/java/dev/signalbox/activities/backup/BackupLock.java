package dev.signalbox.activities.backup;

import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import java.util.function.Supplier;

/**
 * Keeps two attempts at one backup from writing over each other: an attempt that timed out may run
 * on beside the next one. The lock is the session's, so it ends with its holder.
 */
final class BackupLock {
  private static final String LOCK =
      "select pg_try_advisory_lock(hashtextextended('signalbox backup ' || ?, 0))";

  private BackupLock() {}

  /**
   * Works while it is held.
   *
   * @throws MigrationException {@code UNREACHABLE}: a former attempt is still at it
   */
  static <T> T holding(DatabaseAddress database, String id, Supplier<T> work) {
    try (DatabaseSession holder = DatabaseSession.open(database, "signalbox-backup")) {
      if (!"t".equals(holder.value(LOCK, id))) {
        throw new MigrationException(
            Fault.UNREACHABLE,
            "Backing up the database",
            database.toString(),
            "a former attempt at the backup " + id + " still runs",
            "It is tried again.");
      }
      return work.get();
    }
  }
}
