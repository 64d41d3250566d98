package dev.signalbox.workflows.promotion;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.release.Step;
import java.time.Instant;
import java.util.List;

/**
 * Where a promotion stands: the answer of the query {@code status}, of a promotion, a deploy or a
 * rollback.
 *
 * @param state the stage it is in (resolving, gates, approval, opening, lease, rereading, merging,
 *     deploying, question, releasing), or how it ended
 * @param digest absent until the release set is resolved
 * @param asked who asked for it and why; null = without a reason, by itself, or as an emergency,
 *     whose step says it
 * @param card the approval card as Markdown; absent until approval is wanted
 */
public record PromotionStatus(
    String id,
    String state,
    String revision,
    String digest,
    String alias,
    List<Unmet> unmet,
    List<Ask> asks,
    List<Step> steps,
    List<Decision> decisions,
    List<GateResult> gates,
    String card,
    String pullRequest,
    PromotionResult result,
    @JsonInclude(JsonInclude.Include.NON_NULL) String asked) {

  public PromotionStatus {
    unmet = unmet == null ? List.of() : List.copyOf(unmet);
    asks = asks == null ? List.of() : List.copyOf(asks);
    steps = steps == null ? List.of() : List.copyOf(steps);
    decisions = decisions == null ? List.of() : List.copyOf(decisions);
    gates = gates == null ? List.of() : List.copyOf(gates);
  }

  /** One for which nobody gave a reason. */
  public PromotionStatus(
      String id,
      String state,
      String revision,
      String digest,
      String alias,
      List<Unmet> unmet,
      List<Ask> asks,
      List<Step> steps,
      List<Decision> decisions,
      List<GateResult> gates,
      String card,
      String pullRequest,
      PromotionResult result) {
    this(
        id,
        state,
        revision,
        digest,
        alias,
        unmet,
        asks,
        steps,
        decisions,
        gates,
        card,
        pullRequest,
        result,
        null);
  }

  /** The same with who asked for it and why. */
  PromotionStatus askedFor(PromotionRequest request) {
    boolean said = request.reason() != null && !request.emergency() && !request.automatic();
    return new PromotionStatus(
        id,
        state,
        revision,
        digest,
        alias,
        unmet,
        asks,
        steps,
        decisions,
        gates,
        card,
        pullRequest,
        result,
        said ? request.requester() + ": " + request.reason() : null);
  }

  /** What {@link WhyText} speaks of: not the way it went, nor where one reads on. */
  PromotionStatus brief() {
    return new PromotionStatus(
        id,
        state,
        revision,
        digest,
        alias,
        unmet,
        asks,
        steps.stream().filter(step -> step.name().equals(EmergencyCall.STEP)).toList(),
        decisions,
        gates,
        null,
        null,
        result,
        asked);
  }

  /**
   * @param earliest null = not known
   */
  public record Unmet(String condition, String owner, Instant earliest) {}
}
