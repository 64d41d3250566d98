package dev.signalbox.starter;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import java.util.Optional;

/**
 * What the engine alone knows of a run.
 *
 * @param stage as the run itself noted it last
 * @param digest what its approval is bound to, noted with the stage
 */
public record Described(
    WorkflowExecutionStatus status, Optional<String> stage, Optional<String> digest) {
  public boolean running() {
    return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }
}
