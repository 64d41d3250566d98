package dev.signalbox.workflows.logs;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Reads the newest log lines and answers: only the worker may read outside systems. */
@WorkflowInterface
public interface LogsWorkflow {

  @WorkflowMethod(name = "LogsWorkflow")
  LogsReport run(LogsRequest request);

  static String id(String project, String environment, String unique) {
    return "logs/" + project + "/" + environment + "/" + unique;
  }
}
