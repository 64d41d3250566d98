package dev.signalbox.workflows.approval;

/**
 * The payload of the update {@code decide}: {@code
 * {"verdict":"approve","digest":"3f2a9c…","person":"ana","reason":"ok"}}.
 *
 * @param verdict approve, reject, or an answer of an open question
 * @param ask id of the ask or question; null = the only open one
 * @param decisionId null = the update's id
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
    String proof) {
  /** The same with the proof of a door that knows its sender. */
  public DecideMessage provenBy(String hmac) {
    return new DecideMessage(
        verdict, digest, person, reason, ask, question, door, decisionId, hmac);
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
        proof);
  }

  static final DecideMessage NOTHING =
      new DecideMessage(null, null, null, null, null, null, null, null, null);
}
