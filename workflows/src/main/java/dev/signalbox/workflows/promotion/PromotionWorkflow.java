package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.ApprovableWorkflow;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Delay;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.environment.LeaseGrant;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Moves one revision into one environment: gates, approval, lease, re-read, merge, deploy, release.
 */
@WorkflowInterface
public interface PromotionWorkflow extends ApprovableWorkflow {

  @WorkflowMethod(name = "PromotionWorkflow")
  PromotionResult run(PromotionRequest request);

  @SignalMethod(
      name = "leaseGranted",
      description = "From the ledger: the environment's lease is this run's")
  void leaseGranted(LeaseGrant grant);

  @SignalMethod(name = "asked", description = "From the deploy: a question is open")
  void asked(Ask question);

  @SignalMethod(name = "answered", description = "From the deploy: a question is closed")
  void answered(String questionId);

  @SignalMethod(name = "delayed", description = "From the deploy: something takes long")
  void delayed(Delay delay);

  @SignalMethod(
      name = "deployEnded",
      description = "From a cancelled deploy, whose result the engine drops: how it ended")
  void deployEnded(DeployResult deployResult);

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
