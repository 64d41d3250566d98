package dev.signalbox.workflows.sync;

import dev.signalbox.workflows.github.LevelReport;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Brings the source branch of an environment level with its own, because somebody asks for it. It
 * changes no environment, so it takes no lease; its id is its lock.
 */
@WorkflowInterface
public interface SyncWorkflow {

  @WorkflowMethod(name = "SyncWorkflow")
  LevelReport run(SyncRequest request);

  static String id(String project, String environment) {
    return "sync/" + project + "/" + environment;
  }

  /** Of the one that goes on with what a release could not do at its end. */
  static String laterId(String project, String environment) {
    return id(project, environment) + "/later";
  }
}
