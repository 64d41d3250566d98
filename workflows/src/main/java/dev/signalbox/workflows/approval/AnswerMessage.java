package dev.signalbox.workflows.approval;

import java.time.Instant;

/**
 * The payload of the signal {@code resolve}: {@code {"answer":"done","person":"ana","reason":"seen
 * in Railway"}}.
 *
 * @param question id of the question; null = the only open one
 * @param answer done, not-done, abandon, retry, accept or rollback
 * @param said when the person said it, by the door's clock; null = it comes as it is said
 */
public record AnswerMessage(
    String question,
    String answer,
    String person,
    String reason,
    String door,
    String decisionId,
    String proof,
    Instant said) {

  /** What somebody says now. */
  public AnswerMessage(
      String question,
      String answer,
      String person,
      String reason,
      String door,
      String decisionId,
      String proof) {
    this(question, answer, person, reason, door, decisionId, proof, null);
  }

  static final AnswerMessage NOTHING = new AnswerMessage(null, null, null, null, null, null, null);
}
