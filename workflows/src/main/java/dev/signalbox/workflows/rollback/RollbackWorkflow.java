package dev.signalbox.workflows.rollback;

import dev.signalbox.workflows.approval.AnswerableWorkflow;
import dev.signalbox.workflows.deploy.DeployResult;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** A rollback by hand. It has the deploy's id, so that the two can never run at once. */
@WorkflowInterface
public interface RollbackWorkflow extends AnswerableWorkflow {

  @WorkflowMethod(name = "RollbackWorkflow")
  DeployResult run(RollbackRequest request);
}
