package dev.signalbox.workflows.approval;

import java.time.Instant;

/**
 * The payload of the update {@code decide}: {@code
 * {"verdict":"approve","digest":"3f2a9c…","person":"ana","reason":"ok"}}.
 *
 * @param verdict approve, reject, or an answer of an open question
 * @param ask id of the ask or question; null = the only open one
 * @param decisionId null = the update's id
 * @param said when the person said it, by the door's clock; null = it comes as it is said
 */
public record DecideMessage(
    String verdict,
    String digest,
    String person,
    String reason,
    String ask,
    String question,
    String door,
    String decisionId,
    String proof,
    Instant said) {

  /** What somebody says now. */
  public DecideMessage(
      String verdict,
      String digest,
      String person,
      String reason,
      String ask,
      String question,
      String door,
      String decisionId,
      String proof) {
    this(verdict, digest, person, reason, ask, question, door, decisionId, proof, null);
  }

  /** The same with the proof of a door that knows its sender. */
  public DecideMessage provenBy(String hmac) {
    return new DecideMessage(
        verdict, digest, person, reason, ask, question, door, decisionId, hmac, said);
  }

  /** The same, said at that moment. */
  public DecideMessage saidAt(Instant moment) {
    return new DecideMessage(
        verdict, digest, person, reason, ask, question, door, decisionId, proof, moment);
  }

  /** The same about one ask, which a proof must name. */
  public DecideMessage about(String id) {
    return new DecideMessage(
        verdict,
        digest,
        person,
        reason,
        question == null ? id : ask,
        question,
        door,
        decisionId,
        proof,
        said);
  }

  static final DecideMessage NOTHING =
      new DecideMessage(null, null, null, null, null, null, null, null, null);
}
