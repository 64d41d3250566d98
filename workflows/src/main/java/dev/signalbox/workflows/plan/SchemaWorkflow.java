package dev.signalbox.workflows.plan;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Reads what is pending on a database and answers; two minutes at most, and changes nothing. */
@WorkflowInterface
public interface SchemaWorkflow {

  @WorkflowMethod(name = "SchemaWorkflow")
  SchemaReport run(SchemaRequest request);

  static String id(String project, String environment, String unique) {
    return "schema/" + project + "/" + environment + "/" + unique;
  }
}
