package dev.signalbox.workflows.approval;

/**
 * The payload of the signal {@code resolve}: {@code {"answer":"done","person":"ana","reason":"seen
 * in Railway"}}.
 *
 * @param question id of the question; null = the only open one
 * @param answer done, not-done, abandon, retry, accept or rollback
 */
public record AnswerMessage(
    String question,
    String answer,
    String person,
    String reason,
    String door,
    String decisionId,
    String proof) {
  static final AnswerMessage NOTHING = new AnswerMessage(null, null, null, null, null, null, null);
}
