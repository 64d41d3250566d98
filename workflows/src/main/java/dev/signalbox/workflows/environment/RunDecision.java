package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.approval.Reason;
import dev.signalbox.workflows.release.Digest;
import java.util.Arrays;

/**
 * What somebody decided in a run, for the ledger's history, as soon as it is decided.
 *
 * @param workflowId of the run; of a part of another one that one's
 * @param runId its first run id
 */
public record RunDecision(String workflowId, String runId, Decision decision) {
  private static final int LONGEST_NAME = 300;

  /** With words no longer than a history keeps them. */
  public static RunDecision of(String workflowId, String runId, Decision decision) {
    return new RunDecision(
        workflowId,
        runId,
        new Decision(
            decision.decisionId(),
            decision.ask(),
            decision.digest(),
            decision.verdict(),
            clip(decision.person()),
            clip(decision.door()),
            Reason.clip(decision.reason()),
            decision.at(),
            decision.verified(),
            decision.counted(),
            decision.remark(),
            decision.inPlaceOf(),
            decision.point() == null ? null : clip(decision.point()),
            decision.voided()));
  }

  /** The same for the same decision, whoever tells of it. */
  String key() {
    return Digest.of(
            Arrays.asList(runId, decision.decisionId(), decision.verdict(), decision.remark()))
        .substring(0, HistoryEntry.HASH_LENGTH);
  }

  private static String clip(String words) {
    return Excerpt.of(words, LONGEST_NAME);
  }
}
