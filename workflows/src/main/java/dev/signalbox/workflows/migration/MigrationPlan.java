package dev.signalbox.workflows.migration;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * What an upgrade would do to a database, found out without changing anything.
 *
 * @param database revisions that the database names, sorted; empty = none yet
 * @param heads of the code, sorted
 * @param revisions pending, in the order in which they would run
 * @param notes what people should know besides; never a secret
 */
public record MigrationPlan(
    State state,
    List<String> database,
    List<String> heads,
    List<PlannedRevision> revisions,
    List<String> notes) {
  public MigrationPlan {
    database = database == null ? List.of() : List.copyOf(database);
    heads = heads == null ? List.of() : List.copyOf(heads);
    revisions = revisions == null ? List.of() : List.copyOf(revisions);
    notes = notes == null ? List.of() : List.copyOf(notes);
  }

  /** Where the database stands, seen from the code. */
  public enum State {
    BEHIND("behind"),
    CURRENT("current"),
    /** The database is where newer code left it. */
    AHEAD("ahead"),
    /** The database names revisions of which the code knows some, or which exclude each other. */
    DIVERGED("diverged"),
    MULTIPLE_HEADS("multipleHeads"),
    UNKNOWN_REVISION("unknownRevision"),
    NO_ALEMBIC("noAlembic");

    private final String word;

    State(String word) {
      this.word = word;
    }

    @JsonValue
    public String word() {
      return word;
    }

    /** Whether an upgrade could begin here. */
    public boolean mayRun() {
      return this == BEHIND || this == CURRENT;
    }
  }

  /**
   * One pending revision.
   *
   * @param reasons what made its class, each with the statement
   * @param sql null = not to be had: {@code sqlUnavailable} says why
   */
  public record PlannedRevision(
      String revision,
      List<String> downRevisions,
      String message,
      String author,
      String file,
      String hash,
      RevisionClass kind,
      List<String> reasons,
      boolean reversible,
      String sql,
      String sqlUnavailable,
      List<Finding> findings) {

    public static PlannedRevision of(RevisionFacts facts, RevisionJudge.Verdict verdict) {
      return new PlannedRevision(
          facts.revision(),
          facts.downRevisions(),
          facts.message(),
          facts.author(),
          facts.file(),
          facts.hash(),
          verdict.kind(),
          verdict.reasons(),
          facts.reversible(),
          facts.sql(),
          facts.sqlUnavailable(),
          facts.findings());
    }
  }
}
