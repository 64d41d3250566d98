package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.ApprovalMessage;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.approval.DecisionReply;
import dev.signalbox.workflows.approval.Delay;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.environment.LeaseGrant;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Moves one revision into one environment: gates, approval, lease, re-read, merge, deploy, release.
 */
@WorkflowInterface
public interface PromotionWorkflow {

  @WorkflowMethod(name = "PromotionWorkflow")
  PromotionResult run(PromotionRequest request);

  @SignalMethod(
      name = "approve",
      description =
          "Say yes: {\"digest\":\"<12 hex of the card>\",\"person\":\"ana\",\"reason\":\"looks"
              + " good\"}")
  void approve(ApprovalMessage message);

  @SignalMethod(
      name = "reject",
      description =
          "Say no: {\"digest\":\"<12 hex of the card>\",\"person\":\"ana\",\"reason\":\"not"
              + " today\"}")
  void reject(ApprovalMessage message);

  @SignalMethod(
      name = "resolve",
      description =
          "Answer a question: {\"answer\":\"done\",\"person\":\"ana\",\"reason\":\"seen in"
              + " Railway\"}")
  void resolve(AnswerMessage message);

  @UpdateMethod(
      name = "decide",
      description =
          "Approve, reject or answer: {\"verdict\":\"approve\",\"digest\":\"<12"
              + " hex>\",\"person\":\"ana\",\"reason\":\"ok\"}")
  DecisionReply decide(DecideMessage message);

  @UpdateValidatorMethod(updateName = "decide")
  void validateDecide(DecideMessage message);

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

  @QueryMethod(
      name = "status",
      description = "Where it stands, what it waits for, what was decided")
  PromotionStatus status();

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
