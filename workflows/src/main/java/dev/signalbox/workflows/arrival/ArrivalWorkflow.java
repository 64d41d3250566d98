package dev.signalbox.workflows.arrival;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Looks until a commit is live and verified in an environment, has failed there, or the time is up.
 * Reads only: who deploys, and whether anybody does, is not its affair.
 */
@WorkflowInterface
public interface ArrivalWorkflow {

  @WorkflowMethod(name = "ArrivalWorkflow")
  ArrivalReport run(ArrivalRequest request);

  static String id(String project, String environment, String unique) {
    return "arrival/" + project + "/" + environment + "/" + unique;
  }
}
