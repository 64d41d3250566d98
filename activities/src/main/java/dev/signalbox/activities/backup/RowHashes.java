package dev.signalbox.activities.backup;

import dev.signalbox.activities.migration.DatabaseSession;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rows of one table as numbers, in their order, each with how often it is there. Read page by
 * page in the session's transaction: a table may have millions.
 */
final class RowHashes implements AutoCloseable {
  private static final int PAGE = 10_000;
  private static final String CURSOR = "signalbox_rows";

  private final DatabaseSession session;
  private List<Counted> page = List.of();
  private int at;
  private boolean ended;

  /** Rows that read the same. */
  record Counted(long hash, long count) {}

  /**
   * @param columns that are read, quoted where they need it
   */
  RowHashes(DatabaseSession session, String table, List<String> columns) {
    this.session = session;
    // The alias must be no column's name: it would be that column's text.
    String row =
        columns.stream()
            .map(column -> "signalbox_row." + column)
            .collect(Collectors.joining(", ", "row(", ")"));
    session.run(
        "declare "
            + CURSOR
            + " no scroll cursor for select hashtextextended("
            + row
            + "::text, 0), count(*) from only "
            + table
            + " as signalbox_row group by 1 order by 1");
  }

  /** The present one; null = there is none left. */
  Counted present() {
    if (at == page.size() && !ended) {
      page =
          session.rows(
              "fetch " + PAGE + " from " + CURSOR,
              row -> new Counted(row.getLong(1), row.getLong(2)));
      at = 0;
      ended = page.isEmpty();
    }
    return at < page.size() ? page.get(at) : null;
  }

  void next() {
    at++;
  }

  @Override
  public void close() {
    session.run("close " + CURSOR);
  }
}
