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
 * @param point the text of the checklist's point that it ticks; null = none
 * @param voided what changed since, so that it counts no more; null = nothing
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
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> inPlaceOf,
    @JsonInclude(JsonInclude.Include.NON_NULL) String point,
    @JsonInclude(JsonInclude.Include.NON_NULL) String voided) {

  public Decision {
    inPlaceOf = inPlaceOf == null ? List.of() : List.copyOf(inPlaceOf);
  }

  /** As it is taken or refused. */
  public Decision(
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
      List<String> inPlaceOf) {
    this(
        decisionId,
        ask,
        digest,
        verdict,
        person,
        door,
        reason,
        at,
        verified,
        counted,
        remark,
        inPlaceOf,
        null,
        null);
  }

  /** The same, where it is said to this point of a checklist. */
  Decision of(Ask asked) {
    return asked.kind() == Ask.Kind.POINT ? with(asked.text(), voided) : this;
  }

  /** The same, where it was said to this approval or ticks a point of it, which is void now. */
  Decision voided(Ask approval, String change) {
    boolean ofIt = approval.id().equals(ask) || approval.points().contains(ask);
    return counted && ofIt && voided == null ? with(point, change) : this;
  }

  private Decision with(String text, String change) {
    return new Decision(
        decisionId,
        ask,
        digest,
        verdict,
        person,
        door,
        reason,
        at,
        verified,
        counted,
        remark,
        inPlaceOf,
        text,
        change);
  }

  /** Whether this one, sent again, was refused for the same reason. */
  boolean repeats(Decision earlier) {
    return Objects.equals(decisionId, earlier.decisionId) && Objects.equals(remark, earlier.remark);
  }
}
