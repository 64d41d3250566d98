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
 * The migration half of a promotion alone, by hand: gates, approval, lease, re-read, and then the
 * schema under the deploy's id. While it waits for people it holds nothing, so that it has an id of
 * its own.
 */
@WorkflowInterface
public interface MigrationRunWorkflow {

  @WorkflowMethod(name = "MigrationRunWorkflow")
  DeployResult run(MigrationRunRequest request);

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
          "Answer a question: {\"answer\":\"retry\",\"person\":\"ana\",\"reason\":\"mended\"}")
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

  @SignalMethod(name = "asked", description = "From the migration: a question is open")
  void asked(Ask question);

  @SignalMethod(name = "answered", description = "From the migration: a question is closed")
  void answered(String questionId);

  @SignalMethod(name = "delayed", description = "From the migration: something takes long")
  void delayed(Delay delay);

  @SignalMethod(
      name = "deployEnded",
      description = "From a cancelled migration, whose result the engine drops: how it ended")
  void deployEnded(DeployResult deployResult);

  @QueryMethod(
      name = "status",
      description = "Where it stands, what it waits for, what was decided")
  PromotionStatus status();

  static String id(String project, String environment) {
    return "migration/" + project + "/" + environment;
  }
}
