package dev.signalbox.starter;

import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.backup.BackupReport;
import dev.signalbox.workflows.backup.BackupRequest;
import dev.signalbox.workflows.backup.BackupWorkflow;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Lets a worker take, list and verify backups. What was begun goes on without whoever waits. */
final class BackupClient {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Duration ROUND = Duration.ofSeconds(5);

  /** An engine that is restarted meanwhile is no reason to leave. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

  private static final String CHECK =
      "Check the database and the archive; the worker's .signalbox/signalbox.log has the whole"
          + " story.";

  private final EngineCalls calls;

  BackupClient(EngineCalls calls) {
    this.calls = calls;
  }

  /**
   * Waits for the end, however long it takes, once somebody works at it.
   *
   * @param tried in words
   * @param started told the run's id, when the engine has it
   * @throws TroubleException exit 1: the backup is not good, or cannot be taken; exit 3: engine,
   *     worker, Railway, database or archive were not reached
   */
  BackupReport run(String tried, BackupRequest request, Consumer<String> started) {
    String id =
        BackupWorkflow.id(calls.project(), request.environment(), UUID.randomUUID().toString());
    BackupWorkflow backup =
        calls
            .client()
            .newWorkflowStub(
                BackupWorkflow.class,
                calls.options(id).setWorkflowExecutionTimeout(LONGEST).build());
    calls.calling("backup", id, () -> WorkflowClient.start(backup::run, request));
    started.accept(id);
    try {
      return awaited(WorkflowStub.fromTyped(backup), id);
    } catch (WorkflowException failed) {
      throw new TroubleException(
          ReadTrouble.of(tried, request.environment(), failed, CHECK), failed);
    }
  }

  private BackupReport awaited(WorkflowStub backup, String id) {
    Duration patience = calls.patience().ofFirstReading();
    Instant seen = null;
    while (true) {
      try {
        BackupReport report = Deadline.within(patience, () -> backup.getResult(BackupReport.class));
        calls.answered();
        return report;
      } catch (TimeoutException goesOn) {
        boolean works =
            !calls.pendingActivities(id).orElseGet(List::of).isEmpty()
                || (seen == null && begun(id));
        if (works) {
          seen = Instant.now();
        } else if (seen == null || seen.plus(LONGEST_SILENCE).isBefore(Instant.now())) {
          throw new TroubleException(calls.noWorker("backup", id), goesOn);
        }
        patience = ROUND;
      }
    }
  }

  /** Between two activities it waits for none, and a worker is there all the same. */
  private boolean begun(String id) {
    return calls.history(id).stream()
        .anyMatch(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
  }
}
