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
 * Puts one release set into one environment: last good set recorded, deployed in dependency order,
 * verified, soaked, and taken back when it turns out bad. Its id is the fence: one at a time
 * touches an environment.
 */
@WorkflowInterface
public interface MigrateAndDeployWorkflow {

  @WorkflowMethod(name = "MigrateAndDeployWorkflow")
  DeployResult run(DeployRequest request);

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

  @SignalMethod(
      name = "timeIsUp",
      description = "From the promotion: it has taken longer than it may")
  void timeIsUp(String sentence);

  @QueryMethod(name = "status", description = "Where it stands and what it asks")
  PromotionStatus status();

  static String id(String project, String environment) {
    return "deploy/" + project + "/" + environment;
  }
}
