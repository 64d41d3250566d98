package dev.signalbox.activities.backup;

import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.workflows.backup.RestoreActivities.SwapOrder;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Two databases change names. PostgreSQL does that in a transaction (RENAME is no command of those
 * that may not run in one): whoever dies on the way leaves the old one under the name.
 */
final class DatabaseSwap {
  /** PostgreSQL's names have 63 bytes. */
  private static final int LONGEST = 40;

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final DatabaseDoor door;
  private final SwapOrder order;

  DatabaseSwap(DatabaseDoor door, SwapOrder order) {
    this.door = door;
    this.order = order;
  }

  /** What the database that is there now will be called. */
  String former() {
    return begin(order.present().name()) + MOMENT.format(order.at());
  }

  /** As the names of all begin that a database was called before a restore. */
  static String begin(String database) {
    String name = database.replaceAll("\\W", "_");
    return name.substring(0, Math.min(LONGEST, name.length())) + "_before_";
  }

  /**
   * @throws MigrationException the server refuses: all is as it was, and the database takes
   *     connections again
   */
  void carryOut() {
    DatabaseSession session = door.session();
    String name = order.present().name();
    boolean done = false;
    try {
      session.run(closing());
      door.endSessions(name);
      transaction().forEach(session::run);
      done = true;
    } finally {
      if (!done) {
        opened(session);
      }
    }
  }

  /** Else somebody would come back between the end of a session and the swap. */
  String closing() {
    return "alter database " + door.quoted(order.present().name()) + " allow_connections false";
  }

  /** Every statement of it: all or none has an effect. */
  List<String> transaction() {
    String name = door.quoted(order.present().name());
    String copy = door.quoted(order.copy());
    String former = door.quoted(former());
    String said = door.comment(order.present().name());
    return List.of(
        "begin",
        "alter database " + name + " rename to " + former,
        "alter database " + copy + " rename to " + name,
        "comment on database " + name + " is " + (said.isEmpty() ? "null" : door.literal(said)),
        "comment on database "
            + former
            + " is "
            + door.literal(KeptDatabases.said(order.at(), order.saved())),
        // To look into: it stays read-only.
        "alter database " + former + " allow_connections true",
        "commit");
  }

  private void opened(DatabaseSession session) {
    try {
      session.run("rollback");
      // Only where it is still the present one: the commit's answer may have been lost.
      if (door.number(order.present().name()) == order.present().number()) {
        session.run(
            "alter database " + door.quoted(order.present().name()) + " allow_connections true");
      }
    } catch (MigrationException gone) {
      // The next attempt closes it anyway, and who gives up opens it.
    }
  }
}
