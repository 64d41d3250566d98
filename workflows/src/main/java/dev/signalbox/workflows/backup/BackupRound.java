package dev.signalbox.workflows.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * What came of a scheduled backup. The next round has it, and the ledger.
 *
 * @param due the time that it was taken for
 * @param good id of the newest good one that was taken by the clock; null = there is none yet
 * @param goodAt when that was due
 * @param detail why it failed or was skipped; null = it was taken
 * @param failingSince when the first of those was due that failed with none taken since; null = the
 *     last one did not fail
 * @param missed how many times passed unused between the round before and this one
 */
public record BackupRound(
    Instant due,
    Outcome outcome,
    String good,
    Instant goodAt,
    String detail,
    Instant failingSince,
    int missed) {

  /** How it ended. */
  public enum Outcome {
    @JsonProperty("taken")
    TAKEN,
    /** It would have been beside another backup or a migration of the same database. */
    @JsonProperty("skipped")
    SKIPPED,
    @JsonProperty("failed")
    FAILED
  }

  static BackupRound taken(Instant due, String backup, int missed) {
    return new BackupRound(due, Outcome.TAKEN, backup, due, null, null, missed);
  }

  /**
   * @param former null = it is the first
   */
  static BackupRound skipped(Instant due, String why, BackupRound former, int missed) {
    return without(
        due, Outcome.SKIPPED, why, former, former == null ? null : former.failingSince(), missed);
  }

  /**
   * @param former null = it is the first
   */
  static BackupRound failed(Instant due, String why, BackupRound former, int missed) {
    boolean again = former != null && former.failingSince() != null;
    return without(due, Outcome.FAILED, why, former, again ? former.failingSince() : due, missed);
  }

  private static BackupRound without(
      Instant due, Outcome outcome, String why, BackupRound former, Instant since, int missed) {
    return new BackupRound(
        due,
        outcome,
        former == null ? null : former.good(),
        former == null ? null : former.goodAt(),
        why,
        since,
        missed);
  }

  /** Whether it fails now for a reason that was not told yet. */
  boolean failsAnew(BackupRound former) {
    return outcome == Outcome.FAILED
        && (former == null
            || former.failingSince() == null
            || (former.outcome() == Outcome.FAILED && !cause(detail).equals(cause(former.detail))));
  }

  /** Whether one was taken after others had failed. */
  boolean recovers(BackupRound former) {
    return outcome == Outcome.TAKEN && former != null && former.failingSince() != null;
  }

  /** The same cause names another backup, process or moment each day. */
  private static String cause(String detail) {
    return detail.replaceAll("[0-9A-Za-z-]*\\d[0-9A-Za-z-]*", "#");
  }
}
