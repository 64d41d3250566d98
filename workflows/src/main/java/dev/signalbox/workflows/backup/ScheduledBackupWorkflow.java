package dev.signalbox.workflows.backup;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One backup by the clock, started by a Schedule, or by cron on an engine that has none. What came
 * of it is handed on to the next as last completion result.
 */
@WorkflowInterface
public interface ScheduledBackupWorkflow {

  /** Null where it is paused and there was none before. */
  @WorkflowMethod(name = "ScheduledBackupWorkflow")
  BackupRound run(ScheduledBackup order);

  /** Of the Schedule, and of its runs. */
  static String id(String project, String environment) {
    return "backups/" + project + "/" + environment;
  }
}
