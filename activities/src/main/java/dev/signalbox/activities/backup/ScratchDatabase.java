package dev.signalbox.activities.backup;

import dev.signalbox.activities.http.Fingerprint;
import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.EmptyDatabase;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import java.time.Duration;
import java.util.List;

/**
 * A database beside a project's own, on the same server, for as long as this is open: dropped
 * always, and what a killed worker left of an earlier one is dropped first.
 *
 * <p>It is called {@code signalbox_scratch_<of which database>_<of whom>}. Whoever uses one holds
 * an advisory lock of that name in the project's own database, on an idle session: so nobody drops
 * what another worker still uses.
 */
public final class ScratchDatabase implements AutoCloseable {
  private static final String PREFIX = "signalbox_scratch_";
  private static final String APPLICATION = "signalbox-scratch";
  private static final String KEY = "hashtextextended('signalbox ' || ?, 0)";
  private static final int OF_WHOM = 16;

  /** Creating and dropping wait for a checkpoint. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final DatabaseAddress source;
  private final DatabaseSession holder;
  private final String name;

  private ScratchDatabase(DatabaseAddress source, DatabaseSession holder, String name) {
    this.source = source;
    this.holder = holder;
    this.name = name;
  }

  /**
   * Makes an empty one, with the encoding and the locale of the project's own.
   *
   * @param whom it is for: the same one twice is the same database, made anew
   * @throws MigrationException {@code REFUSED}: the role may make none; {@code UNREACHABLE}: the
   *     server is away, or a former attempt still uses it
   */
  static ScratchDatabase create(DatabaseAddress source, String whom, Stop stop) {
    stop.requireGoing();
    DatabaseSession holder = DatabaseSession.open(source, APPLICATION, LONGEST);
    boolean made = false;
    Stop.AutoCut cut = stop.during(holder::cut);
    try {
      String ours =
          PREFIX
              + holder.value("select oid from pg_database where datname = current_database()")
              + "_";
      String name = ours + new Fingerprint().add(whom).hex().substring(0, OF_WHOM);
      dropLeftovers(holder, ours);
      if (!locked(holder, name) || exists(holder, name)) {
        throw new MigrationException(
            Fault.UNREACHABLE,
            "Making a scratch database",
            source.toString(),
            "a former attempt still uses " + name,
            "It is tried again.");
      }
      requireAllowed(holder, source);
      EmptyDatabase.create(holder, source.database(), name);
      made = true;
      return new ScratchDatabase(source, holder, name);
    } finally {
      cut.close();
      if (!made) {
        holder.close();
      }
    }
  }

  /** Where it is, with the password. */
  public DatabaseAddress address() {
    return source.of(name);
  }

  private static void dropLeftovers(DatabaseSession holder, String ours) {
    List<String> left =
        holder.rows(
            "select datname from pg_database where starts_with(datname, ?)"
                + " and pg_has_role(datdba, 'USAGE')",
            row -> row.getString(1),
            ours);
    for (String database : left) {
      if (locked(holder, database)) {
        try {
          drop(holder, database);
        } catch (MigrationException refused) {
          // Its own worker drops it at this moment, or it stays: only its own name is needed.
        }
        holder.value("select pg_advisory_unlock(" + KEY + ")", database);
      }
    }
  }

  private static boolean exists(DatabaseSession holder, String name) {
    return holder.value("select 1 from pg_database where datname = ?", name) != null;
  }

  private static boolean locked(DatabaseSession holder, String name) {
    return "t".equals(holder.value("select pg_try_advisory_lock(" + KEY + ")", name));
  }

  /**
   * @throws MigrationException {@code REFUSED}: the role may make no database
   */
  static void requireAllowed(DatabaseSession session, DatabaseAddress source) {
    String refused =
        session.value(
            "select rolname from pg_roles"
                + " where rolname = current_user and not rolcreatedb and not rolsuper");
    if (refused != null) {
      throw new MigrationException(
          Fault.REFUSED,
          "Making a scratch database",
          source.toString(),
          "the role " + refused + " may not create databases",
          "A backup is proved by restoring it; let the role do that: ALTER ROLE … CREATEDB.");
    }
  }

  private static void drop(DatabaseSession session, String name) {
    EmptyDatabase.drop(session, name);
  }

  /** Drops it; where that fails now, whoever makes the next one does it. */
  @Override
  public void close() {
    // An interrupted thread could open no connection, and this must be done.
    Thread.interrupted();
    // The session may have been cut off: the drop needs one of its own then.
    try (DatabaseSession last = holder) {
      drop(last, name);
    } catch (MigrationException cut) {
      try (DatabaseSession another = DatabaseSession.open(source, APPLICATION, LONGEST)) {
        drop(another, name);
      } catch (MigrationException away) {
        // Its server is gone; the next one begins with dropping this.
      }
    }
  }
}
