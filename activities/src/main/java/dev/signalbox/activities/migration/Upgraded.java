package dev.signalbox.activities.migration;

import java.time.Duration;
import java.util.List;

/**
 * How far a run of revisions came, as the database itself says.
 *
 * @param ran recorded on the database, in order
 * @param failure null = all ran
 * @param at what the database names afterwards, sorted; null = nobody could ask it
 * @param invalidIndexes that the database has afterwards
 * @param notes what people should know
 */
record Upgraded(
    List<Ran> ran,
    Failure failure,
    List<String> at,
    List<String> invalidIndexes,
    List<String> notes) {

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
