package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.deploy.RestoreRequest;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * A database to be brought back by hand: a look at what that would mean, approval, lease, re-read,
 * and then the restore itself under the deploy's id. While it waits for people it holds nothing, so
 * that it has an id of its own.
 */
@WorkflowInterface
public interface RestoreRunWorkflow extends LeasedWorkflow {

  @WorkflowMethod(name = "RestoreRunWorkflow")
  DeployResult run(RestoreRequest request);

  static String id(String project, String environment) {
    return "restore/" + project + "/" + environment;
  }
}
