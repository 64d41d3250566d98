package dev.signalbox.starter;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What the engine alone knows of a run.
 *
 * @param stage as the run itself noted it last
 * @param digest what its approval is bound to, noted with the stage
 * @param ask id of the approval that it waits for, where it noted that
 * @param closedAt when it ended; empty while it runs
 */
public record Described(
    WorkflowExecutionStatus status,
    Optional<String> stage,
    Optional<String> digest,
    Optional<String> ask,
    Optional<Instant> closedAt) {
  public boolean running() {
    return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  /** Whether it was stopped from outside or broke: such a run left no result. */
  public boolean endedWithoutResult() {
    return !running() && status != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
  }

  /** The engine's own word: running, completed, terminated, failed, canceled, timed_out. */
  public String word() {
    return status.name().replace("WORKFLOW_EXECUTION_STATUS_", "").toLowerCase(Locale.ROOT);
  }
}
