package dev.signalbox.workflows.approval;

import java.time.Instant;

/**
 * What a proof covers: a decision as it was sent, and the run that it was sent to. The canonical
 * form ({@link dev.signalbox.workflows.release.Digest#text}: sorted keys, UTF-8, no white space,
 * absent means absent) is what the HMAC-SHA256 is made of, in hex.
 *
 * @param v version of this form: 1
 * @param promotionId workflow id that the decision was addressed to
 * @param ask id of the ask; a proof without one proves nothing
 * @param digest as it was sent; null = none
 * @param said when the person said it; null = was not sent
 */
public record ProvenWords(
    int v,
    String promotionId,
    String decisionId,
    String ask,
    String verdict,
    String digest,
    String person,
    String door,
    String reason,
    Instant said) {
  private static final int VERSION = 1;

  /** Words of which nobody asks when they were said. */
  public ProvenWords(
      int v,
      String promotionId,
      String decisionId,
      String ask,
      String verdict,
      String digest,
      String person,
      String door,
      String reason) {
    this(v, promotionId, decisionId, ask, verdict, digest, person, door, reason, null);
  }

  /** What a door that knows its sender signs; {@code message} names ask and decision. */
  public static ProvenWords of(String addressedTo, DecideMessage message) {
    return of(addressedTo, Answer.of(message, message.decisionId()));
  }

  static ProvenWords of(String addressedTo, Answer answer) {
    return new ProvenWords(
        VERSION,
        addressedTo,
        answer.decisionId(),
        answer.ask(),
        answer.verdict(),
        answer.digest(),
        answer.person(),
        answer.door(),
        answer.reason(),
        answer.said());
  }
}
