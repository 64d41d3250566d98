package dev.signalbox.activities.backup;

import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One moment of a database: what is counted here is what pg_dump sees when it is given {@link #id},
 * however much is written meanwhile. It lasts until it is closed.
 */
final class Snapshot implements AutoCloseable {
  /** Of tables up to this size the contents are compared; a gigabyte takes some seconds. */
  static final long LARGEST = 1L << 30;

  /** A large table is counted for minutes, and the server is silent meanwhile. */
  private static final Duration LONGEST = Duration.ofHours(6);

  private final DatabaseAddress database;
  private final DatabaseSession session;
  private final Stop.AutoCut cut;
  private final String id;
  private final Instant at;
  private final ContentReading reading;

  private Snapshot(DatabaseAddress database, DatabaseSession session, Stop stop) {
    this.database = database;
    this.session = session;
    this.cut = stop.during(session::cut);
    this.reading = new ContentReading(session, LARGEST);
    session.run("begin isolation level repeatable read, read only");
    this.id = session.value("select pg_export_snapshot()");
    this.at = session.rows("select now()", row -> row.getTimestamp(1).toInstant()).get(0);
  }

  static Snapshot of(DatabaseAddress database, Stop stop) {
    DatabaseSession session = DatabaseSession.open(database, "signalbox-backup", LONGEST);
    try {
      return new Snapshot(database, session, stop);
    } catch (RuntimeException refused) {
      session.close();
      throw refused;
    }
  }

  String id() {
    return id;
  }

  Instant at() {
    return at;
  }

  /**
   * Revisions that the database names.
   *
   * @param wanted those that it must name; null = whichever, but one at least, and tables
   * @throws MigrationException {@code REFUSED}: it may be another database
   */
  List<String> requireOurs(List<String> wanted) {
    List<String> schema = reading.schema();
    if (wanted != null && !wanted.equals(schema)) {
      throw notOurs(
          "it names "
              + DatabaseContent.words(schema)
              + ", and "
              + DatabaseContent.words(wanted)
              + " was expected");
    }
    if (wanted == null) {
      requireTables();
    }
    if (wanted == null && schema.isEmpty()) {
      throw notOurs("it names no revision of Alembic's");
    }
    return schema;
  }

  /**
   * The same of a database that names its revision in no way that we know: a command said it.
   *
   * @param said by the command; null = nobody asked it
   * @throws MigrationException as {@link #requireOurs}
   */
  List<String> requireTold(List<String> said) {
    if (said == null || !said.isEmpty()) {
      requireTables();
    }
    return said == null ? List.of() : said;
  }

  private void requireTables() {
    if (reading.objects().stream().noneMatch(object -> object.startsWith("table "))) {
      throw notOurs("it is empty: there is no table in it");
    }
  }

  private MigrationException notOurs(String answer) {
    return new MigrationException(
        Fault.REFUSED,
        "Backing up the database",
        database.toString(),
        answer,
        "A backup of it would prove nothing: check that the address names the right database.");
  }

  /** Revisions that the database names, sorted. */
  List<String> schema() {
    return reading.schema();
  }

  DatabaseContent content() {
    return reading.read();
  }

  /** Columns of a table, in their order, quoted where they need it. */
  List<String> columns(String table) {
    return session.rows(
        "select format('%I', attname) from pg_attribute where attrelid = ?::regclass"
            + " and attnum > 0 and not attisdropped order by attnum",
        row -> row.getString(1), table);
  }

  /** One at a time. */
  RowHashes rows(String table, List<String> columns) {
    return new RowHashes(session, table, columns);
  }

  @Override
  public void close() {
    cut.close();
    session.close();
  }
}
