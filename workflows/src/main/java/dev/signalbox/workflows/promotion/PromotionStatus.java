package dev.signalbox.workflows.promotion;

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
    PromotionResult result) {

  public PromotionStatus {
    unmet = unmet == null ? List.of() : List.copyOf(unmet);
    asks = asks == null ? List.of() : List.copyOf(asks);
    steps = steps == null ? List.of() : List.copyOf(steps);
    decisions = decisions == null ? List.of() : List.copyOf(decisions);
    gates = gates == null ? List.of() : List.copyOf(gates);
  }

  /**
   * @param earliest null = not known
   */
  public record Unmet(String condition, String owner, Instant earliest) {}
}
