package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.AnswerMessage;
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
 * Builds what is live again, or restarts it. It has the deploy's id, so that nothing else touches
 * the environment meanwhile.
 */
@WorkflowInterface
public interface RedeployWorkflow {

  @WorkflowMethod(name = "RedeployWorkflow")
  DeployResult run(RedeployRequest request);

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
