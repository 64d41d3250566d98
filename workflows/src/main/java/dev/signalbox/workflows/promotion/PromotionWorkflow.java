package dev.signalbox.workflows.promotion;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Moves one revision into one environment: gates, approval, lease, re-read, merge, deploy, release.
 */
@WorkflowInterface
public interface PromotionWorkflow extends LeasedWorkflow {

  @WorkflowMethod(name = "PromotionWorkflow")
  PromotionResult run(PromotionRequest request);

  @SignalMethod(
      name = "superseded",
      description = "From the ledger: a newer promotion takes this one's place")
  void superseded(String byPromotion);

  static String id(String project, String environment, String revision) {
    return "promotion/" + project + "/" + environment + "/" + revision;
  }

  /** Whether this is the id of a promotion. */
  static boolean isId(String workflowId) {
    return workflowId.startsWith("promotion/");
  }

  /** The environment that an id of a promotion names. */
  static String environment(String id) {
    return id.split("/", -1)[2];
  }
}
