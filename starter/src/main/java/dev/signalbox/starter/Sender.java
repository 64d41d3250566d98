package dev.signalbox.starter;

import dev.signalbox.activities.approval.DecisionProof;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.approval.ProvenWords;
import java.util.Optional;

/**
 * Who sent words through a door that knows its senders.
 *
 * @param door as a decision names it: {@code github}, {@code api}
 * @param person the name under which {@code [people]} has the sender
 * @param message the sender's words, by an id that is the same when they come again
 * @param key the gateway's; empty = nothing can be proved
 */
public record Sender(String door, String person, String message, Optional<Secret> key) {

  /** The same words are the same decision, however often they come. */
  public String decisionId() {
    return door + "-" + message;
  }

  /** The decision with the proof that this sender made it, for the run that it goes to. */
  public DecideMessage signed(String workflowId, DecideMessage message) {
    return key.map(
            known -> message.provenBy(DecisionProof.of(ProvenWords.of(workflowId, message), known)))
        .orElse(message);
  }
}
