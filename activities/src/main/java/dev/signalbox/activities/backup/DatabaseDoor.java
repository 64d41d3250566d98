package dev.signalbox.activities.backup;

import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands beside a database, connected to another one of its server: names can only be changed from
 * there. Two attempts at one database never stand there at once.
 */
final class DatabaseDoor implements AutoCloseable {
  static final String APPLICATION = "signalbox-restore";

  private static final String LOCK =
      "select pg_try_advisory_lock(hashtextextended('signalbox restore ' || ?, 0))";

  /** Creating and dropping wait for a checkpoint. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final Duration TO_LEAVE = Duration.ofSeconds(30);
  private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();

  /** Of roles that we may not look into only pid and database are shown. */
  private static final String SESSIONS =
      " from pg_stat_activity where datname = ? and pid <> pg_backend_pid()"
          + " and coalesce(backend_type, 'client backend') in ('client backend', 'walsender')";

  private final DatabaseAddress address;
  private final DatabaseSession session;
  private final Stop stop;
  private final Stop.AutoCut cut;

  private DatabaseDoor(DatabaseAddress address, DatabaseSession session, Stop stop) {
    this.address = address;
    this.session = session;
    this.stop = stop;
    this.cut = stop.during(session::cut);
  }

  /**
   * @throws MigrationException {@code UNREACHABLE}: the server is away, or a former attempt stands
   *     there; {@code REFUSED}: the role may connect to no other database
   */
  static DatabaseDoor beside(DatabaseAddress address, Stop stop) {
    stop.requireGoing();
    DatabaseSession session = connected(address);
    DatabaseDoor door = null;
    try {
      if (!"t".equals(session.value(LOCK, address.database()))) {
        throw new MigrationException(
            Fault.UNREACHABLE,
            "Restoring the database",
            address.toString(),
            "a former attempt still works on it",
            "It is tried again.");
      }
      door = new DatabaseDoor(address, session, stop);
      return door;
    } finally {
      if (door == null) {
        session.close();
      }
    }
  }

  /** Every server has these two, and one of them is another one than the project's. */
  private static DatabaseSession connected(DatabaseAddress address) {
    List<String> others =
        List.of("postgres", "template1").stream()
            .filter(name -> !name.equals(address.database()))
            .toList();
    try {
      return DatabaseSession.open(address.of(others.get(0)), APPLICATION, LONGEST);
    } catch (MigrationException refused) {
      if (others.size() == 1 || refused.fault() == Fault.UNREACHABLE) {
        throw refused;
      }
      return DatabaseSession.open(address.of(others.get(1)), APPLICATION, LONGEST);
    }
  }

  DatabaseSession session() {
    return session;
  }

  /** The number of the database of this name; 0 = there is none. */
  long number(String name) {
    String oid = session.value("select oid from pg_database where datname = ?", name);
    return oid == null ? 0 : Long.parseLong(oid);
  }

  /** What is said about it; empty = nothing. */
  String comment(String name) {
    String said =
        session.value(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = ?",
            name);
    return said == null ? "" : said;
  }

  /** As the server writes it in a statement. */
  String quoted(String name) {
    return session.value("select format('%I', ?::text)", name);
  }

  String literal(String text) {
    return session.value("select format('%L', ?::text)", text);
  }

  /**
   * Ends every session that there is on a database. Who connects again meanwhile is none of them.
   *
   * @return how many
   * @throws MigrationException one of them does not end, or may not be ended by this role
   */
  int endSessions(String name) {
    List<Integer> there = session.rows("select pid" + SESSIONS, row -> row.getInt(1), name);
    long until = System.nanoTime() + TO_LEAVE.toNanos();
    for (int process : there) {
      session.value("select pg_terminate_backend(?)", process);
      while (session.value("select pid" + SESSIONS + " and pid = ?", name, process) != null) {
        stop.requireGoing();
        if (System.nanoTime() > until) {
          throw new MigrationException(
              Fault.UNREACHABLE,
              "Ending the sessions on the database",
              address.toString(),
              "process " + process + " of the server is still there",
              "It is tried again.");
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
    return there.size();
  }

  @Override
  public void close() {
    cut.close();
    try {
      // A server notices the end of a session a moment late, and the next step may be there by
      // then.
      session.value("select pg_advisory_unlock_all()");
    } catch (MigrationException gone) {
      // With its locks.
    }
    session.close();
  }
}
