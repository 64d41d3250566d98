package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.policy.EnvironmentPolicy.WhenBusy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.MigrationRunRequest;
import dev.signalbox.workflows.promotion.MigrationRunWorkflow;
import dev.signalbox.workflows.release.ShortCommit;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowLock;
import java.util.Optional;

/**
 * Decides what becomes of a request to migrate without a deploy. What is started plans, is judged
 * and approved without the lease, and queues for it then like everybody.
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
    if (pipeline.migrations().byRailway()) {
      return RequestAnswer.refused(
          null,
          "only Railway reaches the database (runner = \"railway-predeploy\"): migrations run when"
              + " a commit is deployed; promote it");
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
    String id = MigrationRunWorkflow.id(ledger.project(), ledger.environment());
    startLock.lock();
    try {
      if (leases.underWay(id)) {
        return alreadyUnderWay(id, revision);
      }
      return busy(pipeline).orElseGet(() -> start(request, revision, id));
    } finally {
      startLock.unlock();
    }
  }

  private RequestAnswer alreadyUnderWay(String id, String revision) {
    String other = ledger.openRun(id).map(OpenRun::revision).orElse(revision);
    return other.equals(revision)
        ? new RequestAnswer(id, revision, Outcome.JOINED, "already under way", false)
        : RequestAnswer.refused(
            null,
            id
                + " is under way with the revisions of "
                + ShortCommit.of(other)
                + ": one at a time; answer it, or `signalbox cancel` it");
  }

  private Optional<RequestAnswer> busy(Pipeline pipeline) {
    if (pipeline.environment().whenBusy() != WhenBusy.REFUSE) {
      return Optional.empty();
    }
    leases.forgetTheClosed();
    return Optional.ofNullable(ledger.holder())
        .map(
            holder ->
                RequestAnswer.refused(
                    null, "busy with " + holder.workflowId() + " (when_busy = \"refuse\")"));
  }

  private RequestAnswer start(LedgerRequest request, String revision, String id) {
    MigrationRunWorkflow migration =
        Workflow.newChildWorkflowStub(
            MigrationRunWorkflow.class,
            Starts.options(queues, id, "migrate " + ledger.environment(), request));
    Async.function(
        migration::run,
        new MigrationRunRequest(
            ledger.project(),
            ledger.environment(),
            revision,
            ledger.record(revision),
            request.requester(),
            request.reason()));
    try {
      WorkflowExecution execution = Workflow.getWorkflowExecution(migration).get();
      ledger.started(new OpenRun(id, execution.getRunId(), revision, request.requester()));
    } catch (ChildWorkflowFailure taken) {
      return RequestAnswer.refused(null, id + " is still running; ask again when it has ended");
    }
    String does = "migrates to the head at " + ShortCommit.of(revision);
    return ledger.holder() == null
        ? new RequestAnswer(id, revision, Outcome.STARTED, does, false)
        : new RequestAnswer(
            id,
            revision,
            Outcome.QUEUED,
            does + "; it takes its turn after " + ledger.holder().workflowId(),
            false);
  }
}
