package dev.signalbox.workflows.approval;

import java.time.Instant;

/**
 * The payload of the signals {@code approve} and {@code reject}: {@code
 * {"digest":"3f2a9c…","person":"ana","reason":"ok"}}.
 *
 * @param digest 12 hex or more of the digest that the approval card shows
 * @param ask id of the ask; null = the open approval
 * @param door null = {@code temporal-ui}
 * @param decisionId null = a hash of the other fields
 * @param proof HMAC of a door that can prove who sent it; null = none
 * @param said when the person said it, by the door's clock; null = it comes as it is said
 */
public record ApprovalMessage(
    String digest,
    String person,
    String reason,
    String ask,
    String door,
    String decisionId,
    String proof,
    Instant said) {

  /** What somebody says now. */
  public ApprovalMessage(
      String digest,
      String person,
      String reason,
      String ask,
      String door,
      String decisionId,
      String proof) {
    this(digest, person, reason, ask, door, decisionId, proof, null);
  }

  static final ApprovalMessage NOTHING =
      new ApprovalMessage(null, null, null, null, null, null, null);
}
