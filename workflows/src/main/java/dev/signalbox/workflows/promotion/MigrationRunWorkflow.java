package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.deploy.DeployResult;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * The migration half of a promotion alone, by hand: gates, approval, lease, re-read, and then the
 * schema under the deploy's id. While it waits for people it holds nothing, so that it has an id of
 * its own.
 */
@WorkflowInterface
public interface MigrationRunWorkflow extends LeasedWorkflow {

  @WorkflowMethod(name = "MigrationRunWorkflow")
  DeployResult run(MigrationRunRequest request);

  static String id(String project, String environment) {
    return "migration/" + project + "/" + environment;
  }
}
