package dev.signalbox.workflows.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
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
  private static final int MOST_NAMED = 10;

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
    /** By their numbers alone. */
    public static TableLoss byCount(String table, long now, long then) {
      return new TableLoss(table, Math.max(0, now - then), Math.max(0, then - now), true);
    }

    private String words() {
      return table + " " + rows + (counted ? " by count" : "") + (back == 0 ? "" : "/" + back);
    }
  }

  /**
   * Of all tables.
   *
   * @param compared one for each; those that do not differ are left out
   */
  public static RowLoss of(Instant from, Instant until, List<TableLoss> compared) {
    List<TableLoss> differ =
        compared.stream()
            .filter(table -> table.rows() > 0 || table.back() > 0)
            .sorted(
                Comparator.comparingLong(TableLoss::rows)
                    .thenComparingLong(TableLoss::back)
                    .reversed())
            .toList();
    List<TableLoss> first = differ.subList(0, Math.min(MOST_NAMED, differ.size()));
    return new RowLoss(
        from,
        until,
        differ.stream().mapToLong(TableLoss::rows).sum(),
        differ.stream().mapToLong(TableLoss::back).sum(),
        first,
        differ.size() - first.size());
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
