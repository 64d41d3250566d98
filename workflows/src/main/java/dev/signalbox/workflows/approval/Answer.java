package dev.signalbox.workflows.approval;

import dev.signalbox.workflows.release.Digest;
import io.temporal.workflow.Workflow;

/**
 * What somebody said at some door, before it is judged: the one form behind every signal and
 * update.
 */
public record Answer(
    String decisionId,
    String ask,
    String verdict,
    String digest,
    String person,
    String door,
    String reason,
    String proof) {
  private static final String DOOR_WITHOUT_A_NAME = "temporal-ui";

  public Answer {
    door = door == null || door.isBlank() ? DOOR_WITHOUT_A_NAME : door;
  }

  public static Answer of(String verdict, ApprovalMessage message) {
    return new Answer(
        idOr(message.decisionId(), verdict + Digest.of(message)),
        message.ask(),
        verdict,
        message.digest(),
        message.person(),
        message.door(),
        message.reason(),
        message.proof());
  }

  public static Answer of(AnswerMessage message) {
    return new Answer(
        idOr(message.decisionId(), Digest.of(message)),
        message.question(),
        message.answer(),
        null,
        message.person(),
        message.door(),
        message.reason(),
        message.proof());
  }

  /** What the update under way says; inside its handler or validator only. */
  public static Answer of(DecideMessage message) {
    return of(
        message, Workflow.getCurrentUpdateInfo().map(info -> info.getUpdateId()).orElse(null));
  }

  static Answer of(DecideMessage message, String updateId) {
    return new Answer(
        idOr(message.decisionId(), updateId),
        message.ask() == null ? message.question() : message.ask(),
        message.verdict(),
        message.digest(),
        message.person(),
        message.door(),
        message.reason(),
        message.proof());
  }

  /** The message that carries this answer on to the run that asks. */
  public AnswerMessage forwarded(String question) {
    return new AnswerMessage(question, verdict, person, reason, door, decisionId, proof);
  }

  private static String idOr(String given, String otherwise) {
    return given == null || given.isBlank() ? otherwise : given;
  }
}
