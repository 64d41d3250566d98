package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.AnswerableWorkflow;
import dev.signalbox.workflows.hint.HintedWorkflow;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Puts one release set into one environment: last good set recorded, deployed in dependency order,
 * verified, soaked, and taken back when it turns out bad. Its id is the fence: one at a time
 * touches an environment.
 */
@WorkflowInterface
public interface MigrateAndDeployWorkflow extends AnswerableWorkflow, HintedWorkflow {

  @WorkflowMethod(name = "MigrateAndDeployWorkflow")
  DeployResult run(DeployRequest request);

  @SignalMethod(
      name = "timeIsUp",
      description = "From the promotion: it has taken longer than it may")
  void timeIsUp(String sentence);

  static String id(String project, String environment) {
    return "deploy/" + project + "/" + environment;
  }
}
