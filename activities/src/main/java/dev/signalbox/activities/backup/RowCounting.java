package dev.signalbox.activities.backup;

import dev.signalbox.activities.backup.DatabaseContent.TableContent;
import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.workflows.backup.RowLoss;
import dev.signalbox.workflows.backup.RowLoss.TableLoss;
import dev.signalbox.workflows.backup.RowsSince;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Counts the rows of a database that people use at this moment: no table for longer than seconds,
 * and all of them within the time that somebody waits for an answer.
 */
final class RowCounting implements AutoCloseable {
  private static final Duration ALTOGETHER = Duration.ofSeconds(30);

  private static final List<String> CAREFULLY =
      List.of(
          "set default_transaction_read_only = on",
          "set search_path = ''",
          "set row_security = off",
          "set lock_timeout = '2s'",
          "set statement_timeout = '10s'");

  private final DatabaseSession session;
  private final Stop.AutoCut cut;
  private final long until = System.nanoTime() + ALTOGETHER.toNanos();

  RowCounting(DatabaseAddress address, Stop stop) {
    session = DatabaseSession.open(address, "signalbox-count");
    cut = stop.during(session::cut);
    CAREFULLY.forEach(session::run);
  }

  /** Against what the backup held. */
  RowsSince since(StoredBackup stored) {
    List<String> present = tables();
    Map<String, TableContent> then = stored.content().tables();
    TreeSet<String> all = new TreeSet<>(then.keySet());
    all.addAll(present);
    // Which revision it names is no row of the project's.
    session.rows(ContentReading.VERSION_TABLES, row -> row.getString(1)).forEach(all::remove);
    List<TableLoss> compared = new ArrayList<>();
    List<String> uncounted = new ArrayList<>();
    for (String table : all) {
      Long now = present.contains(table) ? counted(table) : Long.valueOf(0);
      if (now == null) {
        uncounted.add(table);
      } else {
        long held = then.containsKey(table) ? then.get(table).rows() : 0;
        compared.add(TableLoss.byCount(table, now, held));
      }
    }
    Instant at = session.rows("select now()", row -> row.getTimestamp(1).toInstant()).get(0);
    return new RowsSince(RowLoss.of(stored.receipt().takenAt(), at, compared), uncounted);
  }

  private List<String> tables() {
    return session.rows(ContentReading.TABLES, row -> row.getString(1));
  }

  /** Null where that takes too long, or the server does not let this role. */
  private Long counted(String table) {
    if (System.nanoTime() > until) {
      return null;
    }
    try {
      return Long.valueOf(session.value("select count(*) from only " + table));
    } catch (MigrationException refused) {
      if (refused.fault() == Fault.UNREACHABLE) {
        throw refused;
      }
      return null;
    }
  }

  @Override
  public void close() {
    cut.close();
    session.close();
  }
}
