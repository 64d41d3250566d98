package dev.signalbox.workflows.backup;

import java.util.List;

/**
 * By how many rows a database differs from what a backup of it held, table by table. It is only
 * counted, which takes seconds: rows that were changed are not seen.
 *
 * @param uncounted tables that could not be counted in time, or not at all
 */
public record RowsSince(RowLoss loss, List<String> uncounted) {
  private static final int MOST_NAMED = 5;

  public RowsSince {
    uncounted = uncounted == null ? List.of() : List.copyOf(uncounted);
  }

  /** A sentence without its end. */
  public String words() {
    return loss.withTables() + "; " + missing();
  }

  /** What is not in it, as the end of a sentence. */
  public String missing() {
    return "changed rows are not counted"
        + (uncounted.isEmpty() ? "" : ", and of these tables none: " + named());
  }

  private String named() {
    List<String> first = uncounted.subList(0, Math.min(MOST_NAMED, uncounted.size()));
    return String.join(", ", first)
        + (first.size() == uncounted.size()
            ? ""
            : " and " + (uncounted.size() - first.size()) + " more");
  }
}
