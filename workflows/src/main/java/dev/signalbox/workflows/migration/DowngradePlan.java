package dev.signalbox.workflows.migration;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What taking revisions back would do to a database, found out without changing anything.
 *
 * @param to the revision that the database would name afterwards
 * @param plan where the database stands, and its {@code revisions} are those that are taken back,
 *     the newest first, with what their downgrade does; null = {@code refused}
 * @param losses what is gone for good, step by step
 * @param refused why there is no such way down; null = there is
 */
public record DowngradePlan(
    String to,
    @JsonInclude(JsonInclude.Include.NON_NULL) MigrationPlan plan,
    List<Loss> losses,
    @JsonInclude(JsonInclude.Include.NON_NULL) String refused) {
  /** Alembic's own, which mean another revision tomorrow, or all of them. */
  private static final Set<String> WORDS = Set.of("base", "head", "heads", "current");

  public DowngradePlan {
    losses = losses == null ? List.of() : List.copyOf(losses);
  }

  /** Why nobody may be asked to go there; empty = it may be a revision's id. */
  public static Optional<String> mistake(String to) {
    if (to == null || to.isBlank()) {
      return Optional.of("name the revision to go down to by its id");
    }
    return to.matches("[0-9A-Za-z_]+") && !WORDS.contains(to.toLowerCase(Locale.ROOT))
        ? Optional.empty()
        : Optional.of(
            to
                + " is no revision's id: a way down is named by where it ends, not by steps or"
                + " words; `signalbox migrate status` shows the ids");
  }

  /** There is no such way down. */
  public static DowngradePlan refused(String to, String why) {
    return new DowngradePlan(to, null, null, why);
  }

  /**
   * @param revision whose downgrade takes it away
   * @param what in words: a table, a column, rows
   * @param table as its SQL names it; null = nobody can say
   * @param column of it; null = all of it
   * @param rows how many have something there now; null = they could not be counted
   */
  public record Loss(
      String revision,
      String what,
      @JsonInclude(JsonInclude.Include.NON_NULL) String table,
      @JsonInclude(JsonInclude.Include.NON_NULL) String column,
      @JsonInclude(JsonInclude.Include.NON_NULL) Long rows) {

    public Loss counted(Long number) {
      return new Loss(revision, what, table, column, number);
    }

    /** As people read it. */
    public String words() {
      String counted = rows == null ? "rows not counted" : rows + (rows == 1 ? " row" : " rows");
      return revision + ": " + what + (table == null ? "" : " (" + counted + ")");
    }
  }
}
