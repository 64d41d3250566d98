package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.ApprovableWorkflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * As it was approved: brings an environment's database back to a backup: the services stopped, what
 * is there saved, the backup restored beside it, the two swapped, the services started and
 * verified. It has the deploy's id, so that nothing else touches the environment meanwhile.
 * Cancelled before the swap it leaves everything as it was; from then on it goes to its end.
 */
@WorkflowInterface
public interface RestoreWorkflow extends ApprovableWorkflow {

  @WorkflowMethod(name = "RestoreWorkflow")
  DeployResult run(RestoreOrder order);
}
