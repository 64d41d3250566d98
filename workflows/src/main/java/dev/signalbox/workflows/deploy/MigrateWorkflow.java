package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.ApprovableWorkflow;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Changes the schema without deploying anything, and sees that what runs still answers well. It has
 * the deploy's id, so that the two can never run at once.
 */
@WorkflowInterface
public interface MigrateWorkflow extends ApprovableWorkflow {

  @WorkflowMethod(name = "MigrateWorkflow")
  DeployResult run(MigrateRequest request);

  @SignalMethod(
      name = "timeIsUp",
      description = "From the promotion: it has taken longer than it may")
  void timeIsUp(String sentence);
}
