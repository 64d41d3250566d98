package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.LeaseGrant;
import dev.signalbox.workflows.environment.LeaseRelease;
import dev.signalbox.workflows.environment.LeaseRequest;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The promotion's side of the environment's lease: asks the ledger, repeats the question, gives it
 * back.
 */
final class Lease {
  private static final List<Duration> REPEATS =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));

  private final String project;
  private final String environment;
  private LeaseGrant grant;

  Lease(String project, String environment) {
    this.project = project;
    this.environment = environment;
  }

  /**
   * Waits for the lease, for as long as it takes.
   *
   * @param giveUp ends the wait without the lease
   * @return whether it is held
   */
  boolean take(String revision, BooleanSupplier giveUp) {
    int asked = 0;
    while (grant == null && !giveUp.getAsBoolean()) {
      ledger().leaseRequested(new LeaseRequest(workflowId(), runId(), revision, now()));
      Duration patience = REPEATS.get(Math.min(asked++, REPEATS.size() - 1));
      if (grant == null) {
        Workflow.await(patience, () -> grant != null || giveUp.getAsBoolean());
      }
    }
    return grant != null;
  }

  /** The ledger's signal. One meant for an earlier run of this id changes nothing. */
  void granted(LeaseGrant given) {
    if (runId().equals(given.runId())) {
      grant = given;
    }
  }

  void giveBack() {
    long number = number();
    grant = null;
    ledger().leaseReleased(new LeaseRelease(workflowId(), runId(), number));
  }

  boolean held() {
    return grant != null;
  }

  LeaseGrant grant() {
    return grant;
  }

  /** Number of the held lease; 0 = none. */
  long number() {
    return grant == null ? 0 : grant.number();
  }

  EnvironmentWorkflow ledger() {
    return Workflow.newExternalWorkflowStub(
        EnvironmentWorkflow.class,
        WorkflowExecution.newBuilder()
            .setWorkflowId(EnvironmentWorkflow.id(project, environment))
            .build());
  }

  private static String workflowId() {
    return Workflow.getInfo().getWorkflowId();
  }

  private static String runId() {
    return Workflow.getInfo().getFirstExecutionRunId();
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
