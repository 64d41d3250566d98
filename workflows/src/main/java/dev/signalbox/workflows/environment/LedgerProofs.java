package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.approval.Proofs;
import dev.signalbox.workflows.approval.ProvenWords;

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
    return Proofs.hold(ledger.project(), words, proof);
  }
}
