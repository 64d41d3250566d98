package dev.signalbox.starter;

import dev.signalbox.activities.approval.DecisionProof;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.approval.ProvenWords;
import dev.signalbox.workflows.environment.LedgerOrder;
import dev.signalbox.workflows.environment.LedgerRequest;
import dev.signalbox.workflows.monitor.IncidentOrder;
import dev.signalbox.workflows.preview.PreviewOrder;
import java.time.Instant;
import java.util.Optional;

/**
 * Who sent words through a door that knows its senders.
 *
 * @param door as a decision names it: {@code github}, {@code api}
 * @param person the name under which {@code [people]} has the sender
 * @param message the sender's words, by an id that is the same when they come again
 * @param key the gateway's; empty = nothing can be proved
 * @param said when, as the door knows it: a decision counts for nothing that is asked later
 */
public record Sender(
    String door, String person, String message, Optional<Secret> key, Instant said) {

  /** The same words are the same decision, however often they come. */
  public String decisionId() {
    return door + "-" + message;
  }

  /** The order with the proof that this sender gave it, for the ledger that it goes to. */
  public LedgerOrder signed(String ledgerId, LedgerOrder order) {
    return key.map(known -> order.provenBy(DecisionProof.of(order.words(ledgerId), known)))
        .orElse(order);
  }

  /** The order with the proof that this sender gave it, for the preview that it goes to. */
  public PreviewOrder signed(String previewId, PreviewOrder order) {
    PreviewOrder sent = order.by(door, said);
    return key.map(known -> sent.provenBy(DecisionProof.of(sent.words(previewId), known)))
        .orElse(sent);
  }

  /** The order with the proof that this sender gave it, for the incident that it goes to. */
  public IncidentOrder signed(String incidentId, IncidentOrder order) {
    return key.map(known -> order.provenBy(DecisionProof.of(order.words(incidentId), known)))
        .orElse(order);
  }

  /** The request as this sender's, with the proof of that, for the ledger that it goes to. */
  LedgerRequest signed(String ledgerId, LedgerRequest request) {
    LedgerRequest sent = request.by(door, decisionId());
    return key.map(known -> sent.provenBy(DecisionProof.of(sent.words(ledgerId), known)))
        .orElse(sent);
  }

  /** The decision with the proof that this sender made it, for the run that it goes to. */
  public DecideMessage signed(String workflowId, DecideMessage message) {
    DecideMessage sent = message.saidAt(said);
    return key.map(
            known -> sent.provenBy(DecisionProof.of(ProvenWords.of(workflowId, sent), known)))
        .orElse(sent);
  }
}
