package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.approval.ProofActivities;
import dev.signalbox.workflows.approval.ProofActivities.ProofQuery;
import dev.signalbox.workflows.approval.ProvenWords;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;

/** Finds out whether a door that knows its senders sent something to this ledger. */
final class LedgerProofs {
  private final Ledger ledger;

  LedgerProofs(Ledger ledger) {
    this.ledger = ledger;
  }

  String ledgerId() {
    return EnvironmentWorkflow.id(ledger.project(), ledger.environment());
  }

  /**
   * Whether the proof is one of exactly these words.
   *
   * @param proof null = there is none
   */
  boolean hold(ProvenWords words, String proof) {
    if (proof == null) {
      return false;
    }
    try {
      return Workflow.newLocalActivityStub(ProofActivities.class, ActivityProfiles.local())
          .holds(new ProofQuery(ledger.project(), words, proof));
    } catch (ActivityFailure unknown) {
      // Not proved is not refused: its door may be trusted.
      Workflow.getLogger(LedgerProofs.class)
          .warn("proof not checked decision={}", words.decisionId());
      return false;
    }
  }
}
