package dev.signalbox.workflows.approval;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One decision as it was taken or refused; refused ones are recorded and never count.
 *
 * @param counted whether it counted towards its ask
 * @param remark why it did not count; null when it did
 * @param inPlaceOf those who named this person as their delegate when it was said
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
    String remark,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> inPlaceOf) {

  public Decision {
    inPlaceOf = inPlaceOf == null ? List.of() : List.copyOf(inPlaceOf);
  }

  /** Whether this one, sent again, was refused for the same reason. */
  boolean repeats(Decision earlier) {
    return Objects.equals(decisionId, earlier.decisionId) && Objects.equals(remark, earlier.remark);
  }
}
