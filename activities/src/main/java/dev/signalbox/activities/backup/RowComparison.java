package dev.signalbox.activities.backup;

import dev.signalbox.activities.backup.DatabaseContent.TableContent;
import dev.signalbox.activities.backup.RowHashes.Counted;
import dev.signalbox.workflows.backup.RowLoss;
import dev.signalbox.workflows.backup.RowLoss.TableLoss;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which rows a database and its restored backup do not have in common. Compared by the columns that
 * both have, so that a column which came since does not make every row another one.
 */
final class RowComparison {
  private final Snapshot present;
  private final Snapshot copy;

  RowComparison(Snapshot present, Snapshot copy) {
    this.present = present;
    this.copy = copy;
  }

  /**
   * @param from moment of the backup
   */
  RowLoss since(Instant from) {
    SortedMap<String, TableContent> here = present.content().tables();
    SortedMap<String, TableContent> there = copy.content().tables();
    SortedMap<String, TableContent> all = new TreeMap<>(here);
    all.putAll(there);
    List<TableLoss> compared =
        all.keySet().stream()
            .map(table -> compare(table, here.get(table), there.get(table)))
            .toList();
    return RowLoss.of(from, present.at(), compared);
  }

  private TableLoss compare(String table, TableContent here, TableContent there) {
    if (here == null || there == null) {
      return versions(here == null ? copy : present, table)
          ? new TableLoss(table, 0, 0, false)
          : new TableLoss(table, rows(here), rows(there), false);
    }
    if (here.checksum() == null || there.checksum() == null) {
      return TableLoss.byCount(table, here.rows(), there.rows());
    }
    return here.equals(there) ? new TableLoss(table, 0, 0, false) : byRow(table);
  }

  private static long rows(TableContent content) {
    return content == null ? 0 : content.rows();
  }

  /** Alembic's own says which revision it is, and that is said elsewhere. */
  private static boolean versions(Snapshot database, String table) {
    return database.columns(table).equals(List.of("version_num"));
  }

  private TableLoss byRow(String table) {
    if (versions(present, table)) {
      return new TableLoss(table, 0, 0, false);
    }
    List<String> columns = new ArrayList<>(present.columns(table));
    columns.retainAll(copy.columns(table));
    long rows = 0;
    long back = 0;
    try (RowHashes here = present.rows(table, columns);
        RowHashes there = copy.rows(table, columns)) {
      for (int order = order(here, there); order != 0 || here.present() != null; ) {
        long mine = order <= 0 ? here.present().count() : 0;
        long theirs = order >= 0 ? there.present().count() : 0;
        rows += Math.max(0, mine - theirs);
        back += Math.max(0, theirs - mine);
        if (order <= 0) {
          here.next();
        }
        if (order >= 0) {
          there.next();
        }
        order = order(here, there);
      }
    }
    return new TableLoss(table, rows, back, false);
  }

  /** Which is next: below zero = here; zero = both, or none is left. */
  private static int order(RowHashes here, RowHashes there) {
    Counted mine = here.present();
    Counted theirs = there.present();
    if (mine == null || theirs == null) {
      return mine != null ? -1 : theirs != null ? 1 : 0;
    }
    return Long.compare(mine.hash(), theirs.hash());
  }
}
