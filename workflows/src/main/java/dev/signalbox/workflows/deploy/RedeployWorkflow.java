package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.AnswerableWorkflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Builds what is live again, or restarts it. It has the deploy's id, so that nothing else touches
 * the environment meanwhile.
 */
@WorkflowInterface
public interface RedeployWorkflow extends AnswerableWorkflow {

  @WorkflowMethod(name = "RedeployWorkflow")
  DeployResult run(RedeployRequest request);
}
