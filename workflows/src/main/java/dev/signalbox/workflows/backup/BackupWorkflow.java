package dev.signalbox.workflows.backup;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Backups by hand or by the clock. It needs no lease: what it does to the database is read it, and
 * a scratch database beside it.
 */
@WorkflowInterface
public interface BackupWorkflow {

  /** Fails with the reason where a backup cannot be taken, or is not good. */
  @WorkflowMethod(name = "BackupWorkflow")
  BackupReport run(BackupRequest request);

  static String id(String project, String environment, String unique) {
    return "backup/" + project + "/" + environment + "/" + unique;
  }
}
