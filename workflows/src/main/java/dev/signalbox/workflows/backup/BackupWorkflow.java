package dev.signalbox.workflows.backup;

import dev.signalbox.workflows.approval.AnswerMessage;
import io.temporal.workflow.SignalMethod;
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

  /** Nothing is asked; who cancels it says so first. */
  @SignalMethod(
      name = "resolve",
      description = "Who cancels it, and why; the engine's cancel says neither")
  void resolve(AnswerMessage message);

  static String id(String project, String environment, String unique) {
    return "backup/" + project + "/" + environment + "/" + unique;
  }
}
