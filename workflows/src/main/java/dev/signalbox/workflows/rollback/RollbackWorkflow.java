package dev.signalbox.workflows.rollback;

import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.approval.DecisionReply;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.promotion.PromotionStatus;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** A rollback by hand. It has the deploy's id, so that the two can never run at once. */
@WorkflowInterface
public interface RollbackWorkflow {

  @WorkflowMethod(name = "RollbackWorkflow")
  DeployResult run(RollbackRequest request);

  @SignalMethod(
      name = "resolve",
      description =
          "Answer a question: {\"answer\":\"done\",\"person\":\"ana\",\"reason\":\"seen in Railway\"}")
  void resolve(AnswerMessage message);

  @UpdateMethod(
      name = "decide",
      description =
          "Answer a question: {\"verdict\":\"done\",\"person\":\"ana\",\"reason\":\"seen in Railway\"}")
  DecisionReply decide(DecideMessage message);

  @UpdateValidatorMethod(updateName = "decide")
  void validateDecide(DecideMessage message);

  @QueryMethod(name = "status", description = "Where it stands and what it asks")
  PromotionStatus status();
}
