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

  /** One revision and how long it took. */
  record Ran(String revision, Duration took) {}

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
