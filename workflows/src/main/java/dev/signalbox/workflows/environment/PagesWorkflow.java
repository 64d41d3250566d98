package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.environment.LedgerArchive.PagesQuery;
import dev.signalbox.workflows.environment.LedgerArchive.PagesReading;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Reads sealed pages of a ledger and answers: only the worker may read outside systems. */
@WorkflowInterface
public interface PagesWorkflow {

  @WorkflowMethod(name = "PagesWorkflow")
  PagesReading run(PagesQuery query);

  static String id(String project, String environment, String unique) {
    return "pages/" + project + "/" + environment + "/" + unique;
  }
}
