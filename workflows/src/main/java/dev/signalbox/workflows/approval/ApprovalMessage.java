package dev.signalbox.workflows.approval;

/**
 * The payload of the signals {@code approve} and {@code reject}: {@code
 * {"digest":"3f2a9c…","person":"ana","reason":"ok"}}.
 *
 * @param digest 12 hex or more of the digest that the approval card shows
 * @param ask id of the ask; null = the open approval
 * @param door null = {@code temporal-ui}
 * @param decisionId null = a hash of the other fields
 * @param proof HMAC of a door that can prove who sent it; null = none
 */
public record ApprovalMessage(
    String digest,
    String person,
    String reason,
    String ask,
    String door,
    String decisionId,
    String proof) {
  static final ApprovalMessage NOTHING =
      new ApprovalMessage(null, null, null, null, null, null, null);
}
