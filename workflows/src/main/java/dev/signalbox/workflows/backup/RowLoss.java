package dev.signalbox.workflows.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a database holds that a backup of it does not, and the other way round. A row that was
 * changed is one of each.
 *
 * @param from moment of the backup
 * @param until moment at which the database was read
 * @param rows in the database and not in the backup: they are lost by going back to it
 * @param back in the backup and no more in the database
 * @param tables those that differ, the one that loses most first; the first few
 * @param more how many tables differ beside these
 */
public record RowLoss(
    Instant from, Instant until, long rows, long back, List<TableLoss> tables, int more) {
  public RowLoss {
    tables = tables == null ? List.of() : List.copyOf(tables);
  }

  /**
   * Of one table.
   *
   * @param counted whether it is so large that only its rows were counted: changed ones are missing
   *     here
   */
  public record TableLoss(String table, long rows, long back, boolean counted) {
    private String words() {
      return table + " " + rows + (counted ? " by count" : "") + (back == 0 ? "" : "/" + back);
    }
  }

  /** Between the backup and the reading. */
  public Duration time() {
    return Duration.between(from, until);
  }

  /** What is lost, in rows and minutes: a sentence without its end. */
  public String words() {
    return count(rows, "row is", "rows are")
        + " lost, written in the "
        + minutes()
        + " since "
        + from
        + (back == 0
            ? ""
            : ", and " + count(back, "former row comes", "former rows come") + " back");
  }

  /** The same with its tables. */
  public String withTables() {
    if (tables.isEmpty()) {
      return words();
    }
    return words()
        + " ("
        + tables.stream().map(TableLoss::words).collect(Collectors.joining(", "))
        + (more == 0 ? "" : " and " + more + " more tables")
        + ")";
  }

  private String minutes() {
    return count(Math.max(0, Math.round(time().toSeconds() / 60.0)), "minute", "minutes");
  }

  private static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
