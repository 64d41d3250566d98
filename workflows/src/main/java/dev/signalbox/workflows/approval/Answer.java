package dev.signalbox.workflows.approval;

import dev.signalbox.workflows.release.Digest;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;

/**
 * What somebody said at some door, before it is judged: the one form behind every signal and
 * update. Whoever sends nothing at all has said nothing, and is answered like that.
 *
 * @param hashed whether the sender named no decision id, so that it is made of what was said
 * @param said when, by the door's clock; null = it comes as it is said
 */
public record Answer(
    String decisionId,
    String ask,
    String verdict,
    String digest,
    String person,
    String door,
    String reason,
    String proof,
    boolean hashed,
    Instant said) {
  private static final String DOOR_WITHOUT_A_NAME = "temporal-ui";

  public Answer {
    door = door == null || door.isBlank() ? DOOR_WITHOUT_A_NAME : door;
  }

  /**
   * @param sent null = the signal came without its object
   */
  public static Answer of(String verdict, ApprovalMessage sent) {
    ApprovalMessage message = sent == null ? ApprovalMessage.NOTHING : sent;
    return new Answer(
        idOr(message.decisionId(), verdict + Digest.of(message)),
        message.ask(),
        verdict,
        message.digest(),
        message.person(),
        message.door(),
        message.reason(),
        message.proof(),
        blank(message.decisionId()),
        message.said());
  }

  /**
   * @param sent null = the signal came without its object
   */
  public static Answer of(AnswerMessage sent) {
    AnswerMessage message = sent == null ? AnswerMessage.NOTHING : sent;
    return new Answer(
        idOr(message.decisionId(), Digest.of(message)),
        message.question(),
        message.answer(),
        null,
        message.person(),
        message.door(),
        message.reason(),
        message.proof(),
        blank(message.decisionId()),
        message.said());
  }

  /** What the update under way says; inside its handler or validator only. */
  public static Answer of(DecideMessage message) {
    return of(
        message, Workflow.getCurrentUpdateInfo().map(info -> info.getUpdateId()).orElse(null));
  }

  static Answer of(DecideMessage sent, String updateId) {
    DecideMessage message = sent == null ? DecideMessage.NOTHING : sent;
    return new Answer(
        idOr(message.decisionId(), updateId),
        message.ask() == null ? message.question() : message.ask(),
        message.verdict(),
        message.digest(),
        message.person(),
        message.door(),
        message.reason(),
        message.proof(),
        false,
        message.said());
  }

  /**
   * The same, of the ask that it means. Said once more when another one is open, the same words are
   * another decision: who names neither ask nor decision means what is asked now.
   */
  Answer meaning(Ask asked) {
    return hashed && blank(ask)
        ? new Answer(
            decisionId + "-" + asked.id(),
            asked.id(),
            verdict,
            digest,
            person,
            door,
            reason,
            proof,
            true,
            said)
        : this;
  }

  /** The message that carries this answer on to the run that asks. */
  public AnswerMessage forwarded(String question) {
    return new AnswerMessage(question, verdict, person, reason, door, decisionId, proof, said);
  }

  /** As a word that counts as it is said, on nothing that was asked. */
  Decision standing(boolean proved) {
    return new Decision(
        decisionId,
        ask,
        digest,
        verdict,
        person,
        door,
        Reason.clip(reason),
        Instant.ofEpochMilli(Workflow.currentTimeMillis()),
        proved,
        true,
        null,
        List.of());
  }

  private static String idOr(String given, String otherwise) {
    return blank(given) ? otherwise : given;
  }

  private static boolean blank(String text) {
    return text == null || text.isBlank();
  }
}
