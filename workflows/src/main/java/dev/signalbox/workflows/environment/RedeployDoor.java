package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.deploy.RedeployRequest;
import dev.signalbox.workflows.deploy.RedeployWorkflow;
import dev.signalbox.workflows.release.Moments;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowLock;
import java.time.Instant;

/** Decides what becomes of a request to build or start again what is live: started, or refused. */
final class RedeployDoor {
  private final Ledger ledger;
  private final Leases leases;
  private final TaskQueues queues;
  private final WorkflowLock startLock;

  /**
   * @param startLock held by whoever decides and starts
   */
  RedeployDoor(Ledger ledger, Leases leases, TaskQueues queues, WorkflowLock startLock) {
    this.ledger = ledger;
    this.leases = leases;
    this.queues = queues;
    this.startLock = startLock;
  }

  RequestAnswer answer(LedgerRequest request) {
    leases.holdBack();
    startLock.lock();
    try {
      leases.look();
      return ledger.holder() == null ? startUnlessMixed(request) : busy(request);
    } finally {
      startLock.unlock();
      leases.letGo();
    }
  }

  private RequestAnswer busy(LedgerRequest request) {
    return RequestAnswer.refused(
        null,
        "busy with "
            + ledger.holder().workflowId()
            + "; a "
            + word(request)
            + " never queues: ask again when that has ended");
  }

  private RequestAnswer startUnlessMixed(LedgerRequest request) {
    RunningSet running = ledger.running();
    if (running.mixed() != null) {
      return RequestAnswer.refused(
          null,
          "what runs is mixed since "
              + Moments.text(running.mixed().since())
              + ", so there is no set to do again: `signalbox rollback "
              + ledger.environment()
              + "` puts the last good one right");
    }
    return start(request, running.live());
  }

  private RequestAnswer start(LedgerRequest request, LiveSet present) {
    String id = MigrateAndDeployWorkflow.id(ledger.project(), ledger.environment());
    String revision = present == null ? null : present.revision();
    long number = ledger.hold(id, Leases.STARTING, revision, now()).number();
    RedeployWorkflow redeploy =
        Workflow.newChildWorkflowStub(
            RedeployWorkflow.class,
            Starts.options(queues, id, word(request) + " " + ledger.environment(), request));
    Async.function(
        redeploy::run,
        new RedeployRequest(
            ledger.project(),
            ledger.environment(),
            request.service(),
            request.kind() == LedgerRequest.Kind.RESTART,
            present,
            request.requester(),
            request.reason(),
            number));
    return Starts.fenced(
        ledger,
        redeploy,
        revision,
        number,
        request,
        word(request)
            + " of "
            + (request.service() == null ? "every service" : request.service())
            + (revision == null ? " as it runs" : " at " + revision));
  }

  private static String word(LedgerRequest request) {
    return request.kind() == LedgerRequest.Kind.RESTART ? "restart" : "redeploy";
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
