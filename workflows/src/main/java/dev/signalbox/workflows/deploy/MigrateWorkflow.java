package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.ApprovalMessage;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.approval.DecisionReply;
import dev.signalbox.workflows.promotion.PromotionStatus;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Changes the schema without deploying anything, and sees that what runs still answers well. It has
 * the deploy's id, so that the two can never run at once.
 */
@WorkflowInterface
public interface MigrateWorkflow {

  @WorkflowMethod(name = "MigrateWorkflow")
  DeployResult run(MigrateRequest request);

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
      name = "timeIsUp",
      description = "From the promotion: it has taken longer than it may")
  void timeIsUp(String sentence);

  @QueryMethod(name = "status", description = "Where it stands and what it asks")
  PromotionStatus status();
}
