package dev.signalbox.activities.migration;

import dev.signalbox.activities.migration.MigrationTool.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a run of revisions came, as the database itself says.
 *
 * @param ran recorded on the database, in order
 * @param failure null = all ran
 * @param at what the database names afterwards, sorted; null = nobody could ask it
 * @param invalidIndexes that the database has afterwards
 * @param notes what people should know
 * @param took how long all of it ran; null = each revision says it
 */
record Upgraded(
    List<Ran> ran,
    Failure failure,
    List<String> at,
    List<String> invalidIndexes,
    List<String> notes,
    Duration took) {

  Upgraded(
      List<Ran> ran,
      Failure failure,
      List<String> at,
      List<String> invalidIndexes,
      List<String> notes) {
    this(ran, failure, at, invalidIndexes, notes, null);
  }

  /**
   * The same with what the database says; how long a revision took that nobody watched is not
   * known.
   *
   * @param revisions that were to run, in order
   * @param downTo they were to be taken back to this one; null = they were to run
   */
  Upgraded seen(Standing standing, List<String> revisions, String downTo) {
    int recorded = Math.max(ran.size(), recorded(standing, revisions, downTo));
    List<Ran> all = new ArrayList<>(ran);
    for (int i = ran.size(); i < recorded; i++) {
      boolean last = i == recorded - 1;
      all.add(new Ran(revisions.get(i), took == null || !last ? Duration.ZERO : took));
    }
    Failure why =
        failure == null && recorded < revisions.size()
            ? notRecorded(revisions.get(recorded), standing)
            : failure;
    return new Upgraded(all, why, standing.at(), standing.invalidIndexes(), notes, took);
  }

  private static int recorded(Standing standing, List<String> revisions, String downTo) {
    if (standing.pending() != null) {
      return standing.pending() ? 0 : revisions.size();
    }
    if (standing.at().size() != 1) {
      return 0;
    }
    String at = standing.at().get(0);
    if (downTo == null) {
      return revisions.indexOf(at) + 1;
    }
    return at.equals(downTo) ? revisions.size() : Math.max(0, revisions.indexOf(at));
  }

  private static Failure notRecorded(String revision, Standing standing) {
    return new Failure(
        revision,
        "not-recorded",
        null,
        null,
        "it ended as if all were done, and the database stands at "
            + (standing.at().isEmpty() ? "no revision" : String.join(", ", standing.at()))
            + (standing.pending() == null ? "" : ", with something left to run"),
        true,
        List.of());
  }

  /**
   * One revision and how long it took.
   *
   * @param observed what it did to a copy; null = nobody looked
   */
  record Ran(String revision, Duration took, Observed observed) {
    Ran(String revision, Duration took) {
      this(revision, took, null);
    }
  }

  /**
   * What a revision did to a copy.
   *
   * @param exclusive the longest that one table could not even be read
   * @param table which; null = none was locked so
   * @param locks strongest lock by table
   * @param rows inserted, updated and deleted
   * @param rewritten tables that were written anew as a whole
   */
  record Observed(
      Duration exclusive, String table, List<String> locks, long rows, List<String> rewritten) {}

  /**
   * @param revision null = none had begun
   * @param kind class of what was raised, or a word of ours
   * @param committed whether something of the revision may have stayed
   * @param log the last lines, as people may see them
   */
  record Failure(
      String revision,
      String kind,
      String sqlState,
      String statement,
      String error,
      boolean committed,
      List<String> log) {}

  /** Whether the revisions ended because we ended them. */
  boolean stopped() {
    return failure != null && failure.kind().equals(STOPPED);
  }

  static final String STOPPED = "stopped";
}
