package dev.signalbox.activities.backup;

import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import java.time.Duration;
import java.util.List;

/**
 * Everything in a database dropped, and a backup restored into it: one transaction, in which what
 * is there then is compared with what was saved. Whoever dies on the way, or finds something else,
 * leaves the database as it was.
 */
final class InPlaceRestore implements AutoCloseable {
  /** Building the index of a large table is silent for long. */
  private static final Duration LONGEST = Duration.ofHours(6);

  private static final List<String> BEGIN =
      List.of(
          // Its writers are held back, and this is none of them.
          "set default_transaction_read_only = off",
          // Where the server knows it (14): whoever works for somebody who is gone ends.
          "select set_config(name, '2s', false) from pg_settings"
              + " where name = 'client_connection_check_interval'",
          "begin");

  private static final String NOT_OF_AN_EXTENSION =
      " not exists (select from pg_depend e where e.classid = '%s'::regclass and e.objid = %s"
          + " and e.deptype = 'e')";

  /** What lies in no schema; the server's own casts and languages stay. */
  private static final List<String> BESIDE_THE_SCHEMAS =
      List.of(
          "select format('drop event trigger %I', evtname) from pg_event_trigger where"
              + NOT_OF_AN_EXTENSION.formatted("pg_event_trigger", "pg_event_trigger.oid"),
          "select format('drop foreign data wrapper %I cascade', fdwname)"
              + " from pg_foreign_data_wrapper where"
              + NOT_OF_AN_EXTENSION.formatted(
                  "pg_foreign_data_wrapper", "pg_foreign_data_wrapper.oid"),
          "select format('drop server %I cascade', srvname) from pg_foreign_server",
          "select format('select lo_unlink(%s)', oid) from pg_largeobject_metadata");

  private static final String PUBLICATIONS =
      "select format('drop publication %I', pubname) from pg_publication";

  private static final String SCHEMAS =
      "select format('drop schema %I cascade', nspname) from pg_namespace"
          + " where nspname !~ '^pg_' and nspname not in ('information_schema', 'public') and"
          + NOT_OF_AN_EXTENSION.formatted("pg_namespace", "pg_namespace.oid");

  /** The schema itself is no dump's, and belongs to the server's superuser up to version 14. */
  private static final String IN_PUBLIC =
      """
      select format('drop %s if exists %s cascade',
                    case o.type when 'composite type' then 'type'
                                when 'statistics object' then 'statistics' else o.type end,
                    o.identity)
        from pg_depend d, pg_identify_object(d.classid, d.objid, 0) o
       where d.refclassid = 'pg_namespace'::regclass and d.deptype = 'n'
         and d.refobjid = (select oid from pg_namespace where nspname = 'public')
         and o.type <> 'default acl'
         and not exists (select from pg_depend e
                          where e.classid = d.classid and e.objid = d.objid and e.deptype = 'e')
       order by o.type not in ('table', 'foreign table', 'view', 'materialized view'), 1
      """;

  private final DatabaseAddress database;
  private final DatabaseSession session;
  private final Stop.AutoCut cut;

  private InPlaceRestore(DatabaseAddress database, DatabaseSession session, Stop stop) {
    this.database = database;
    this.session = session;
    this.cut = stop.during(session::cut);
  }

  /** Begins the transaction. */
  static InPlaceRestore begin(DatabaseAddress database, Stop stop) {
    DatabaseSession session = DatabaseSession.open(database, DatabaseDoor.APPLICATION, LONGEST);
    InPlaceRestore restore = new InPlaceRestore(database, session, stop);
    try {
      BEGIN.forEach(session::run);
      return restore;
    } catch (MigrationException refused) {
      restore.close();
      throw refused;
    }
  }

  /**
   * Drops all that a dump brings back.
   *
   * @param publications whether they are
   */
  void empty(boolean publications) {
    BESIDE_THE_SCHEMAS.forEach(this::each);
    if (publications) {
      each(PUBLICATIONS);
    }
    each(SCHEMAS);
    each(IN_PUBLIC);
  }

  /** Some go with others. */
  private void each(String statements) {
    session.rows(statements, row -> row.getString(1)).forEach(session::run);
  }

  DatabaseSession session() {
    return session;
  }

  /**
   * Compares, and makes it so for everybody.
   *
   * @param last statements of the same transaction
   * @throws MigrationException {@code REFUSED}: it is not what was saved
   */
  void commit(StoredBackup stored, List<String> last) {
    DatabaseContent restored = new ContentReading(session, Snapshot.LARGEST).read();
    List<String> differences = stored.content().differences(restored);
    if (!differences.isEmpty()) {
      throw new MigrationException(
          Fault.REFUSED,
          "Restoring the backup " + stored.receipt().id() + " in place",
          database.toString(),
          "what would be there is not what was saved: " + String.join("; ", differences),
          "Nothing was changed. Remove what stands in its way, or restore beside.");
    }
    last.forEach(session::run);
    session.run("commit");
  }

  /** What was not committed never was. */
  @Override
  public void close() {
    cut.close();
    session.close();
  }
}
