package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.deploy.MigrateRequest;
import dev.signalbox.workflows.deploy.MigrateWorkflow;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.ShortCommit;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowLock;
import java.time.Instant;

/**
 * Decides what becomes of a request to migrate without a deploy: started with its lease, or
 * refused.
 */
final class MigrateDoor {
  private final Ledger ledger;
  private final Leases leases;
  private final RequestReading reading;
  private final TaskQueues queues;
  private final WorkflowLock startLock;

  /**
   * @param startLock held by whoever decides and starts
   */
  MigrateDoor(Ledger ledger, Leases leases, TaskQueues queues, WorkflowLock startLock) {
    this.ledger = ledger;
    this.leases = leases;
    this.reading = new RequestReading(ledger, queues);
    this.queues = queues;
    this.startLock = startLock;
  }

  RequestAnswer answer(LedgerRequest request) {
    Pipeline pipeline = reading.policy();
    if (pipeline.migrations() == null) {
      return RequestAnswer.refused(null, "signalbox.toml has no [migrations]");
    }
    LiveSet live = ledger.running().live();
    if (request.revision() == null && live == null) {
      return RequestAnswer.refused(
          null,
          "nothing is on record as live in "
              + ledger.environment()
              + ": name the commit whose migrations are to run (--commit)");
    }
    String revision =
        request.revision() == null ? live.revision() : reading.revision(pipeline, request);
    leases.holdBack();
    startLock.lock();
    try {
      leases.look();
      return ledger.holder() == null ? start(request, revision) : busy();
    } finally {
      startLock.unlock();
      leases.letGo();
    }
  }

  private RequestAnswer busy() {
    return RequestAnswer.refused(
        null,
        "busy with "
            + ledger.holder().workflowId()
            + "; a migration without a release never queues: ask again when that has ended");
  }

  private RequestAnswer start(LedgerRequest request, String revision) {
    String id = MigrateAndDeployWorkflow.id(ledger.project(), ledger.environment());
    long number = ledger.hold(id, Leases.STARTING, revision, now()).number();
    MigrateWorkflow migrate =
        Workflow.newChildWorkflowStub(
            MigrateWorkflow.class,
            Starts.options(queues, id, "migrate " + ledger.environment(), request));
    Async.function(
        migrate::run,
        MigrateRequest.alone(
            ledger.project(),
            ledger.environment(),
            revision,
            ledger.record(revision),
            request.requester(),
            request.reason(),
            number));
    return Starts.fenced(
        ledger,
        migrate,
        revision,
        number,
        request,
        "migrates to the head at " + ShortCommit.of(revision));
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
