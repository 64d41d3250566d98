package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.approval.ProofActivities;
import dev.signalbox.workflows.approval.ProofActivities.ProofQuery;
import dev.signalbox.workflows.environment.LedgerActivities;
import dev.signalbox.workflows.environment.LedgerActivities.ToldDecision;
import dev.signalbox.workflows.fixtures.Engine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The ledger of the base, which hears what was decided, and the one proof that holds. */
final class BaseLedgerStage {
  static final String PROOF = "proof";

  private final List<String> recorded = new CopyOnWriteArrayList<>();

  LedgerActivities activities() {
    return Engine.knowing(
        LedgerActivities.class, Map.of("tell", told -> record((ToldDecision) told)));
  }

  ProofActivities proofs() {
    return Engine.knowing(
        ProofActivities.class,
        Map.of("holds", query -> PROOF.equals(((ProofQuery) query).proof())));
  }

  private Object record(ToldDecision told) {
    Decision decision = told.decision().decision();
    recorded.add(
        told.environment()
            + " "
            + decision.verdict()
            + " by "
            + decision.person()
            + (decision.counted() ? "" : ", not counted")
            + (decision.verified() ? ", proved" : ""));
    return null;
  }

  /** What was told to it, in order. */
  List<String> recorded() {
    return List.copyOf(recorded);
  }
}
