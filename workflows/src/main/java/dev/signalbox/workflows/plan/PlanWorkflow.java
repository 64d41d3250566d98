package dev.signalbox.workflows.plan;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Reads and answers, two minutes at most: only the worker may read outside systems. */
@WorkflowInterface
public interface PlanWorkflow {

  @WorkflowMethod(name = "PlanWorkflow")
  PlanReport run(PlanRequest request);

  static String id(String project, String environment, String unique) {
    return "plan/" + project + "/" + environment + "/" + unique;
  }
}
