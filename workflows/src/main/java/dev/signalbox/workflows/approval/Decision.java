package dev.signalbox.workflows.approval;

import java.time.Instant;
import java.util.Objects;

/**
 * One decision as it was taken or refused; refused ones are recorded and never count.
 *
 * @param counted whether it counted towards its ask
 * @param remark why it did not count; null when it did
 */
public record Decision(
    String decisionId,
    String ask,
    String digest,
    String verdict,
    String person,
    String door,
    String reason,
    Instant at,
    boolean verified,
    boolean counted,
    String remark) {

  /** Whether this one, sent again, was refused for the same reason. */
  boolean repeats(Decision earlier) {
    return Objects.equals(decisionId, earlier.decisionId) && Objects.equals(remark, earlier.remark);
  }
}
