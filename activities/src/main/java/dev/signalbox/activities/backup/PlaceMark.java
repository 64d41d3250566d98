package dev.signalbox.activities.backup;

import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.workflows.backup.RestoreActivities.PresentDatabase;

/**
 * What a restore in place writes into the database's comment, in the transaction that restores:
 * whoever lost the answer sees by it whether that was committed.
 */
final class PlaceMark {
  private static final String BEGIN = "[signalbox: brought back to ";

  private final DatabaseDoor door;
  private final PresentDatabase present;

  PlaceMark(DatabaseDoor door, PresentDatabase present) {
    this.door = door;
    this.present = present;
  }

  /** Whether this very run has done it. */
  boolean there() {
    return door.comment(present.name()).endsWith(" by " + present.run() + "]");
  }

  /**
   * @throws MigrationException {@code REFUSED}: it is done, and nothing leads back
   */
  void requireNone() {
    if (there()) {
      throw new MigrationException(
          Fault.REFUSED,
          "Undoing the restore",
          present.name(),
          "it was committed",
          "What was there before is in the backup that was taken then.");
    }
  }

  /** The statement that sets it, after whatever else is said about the database. */
  String setting(String backup) {
    String said = door.comment(present.name());
    int former = said.indexOf(BEGIN);
    String own = (former < 0 ? said : said.substring(0, former)).strip();
    String mark = BEGIN + backup + " by " + present.run() + "]";
    return "comment on database "
        + door.quoted(present.name())
        + " is "
        + door.literal(own.isEmpty() ? mark : own + " " + mark);
  }
}
