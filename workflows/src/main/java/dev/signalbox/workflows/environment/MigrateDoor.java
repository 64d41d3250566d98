package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.MigrationRunRequest;
import dev.signalbox.workflows.promotion.MigrationRunWorkflow;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import dev.signalbox.workflows.release.ShortCommit;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowLock;

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
      return RequestAnswer.refused(
          null, "signalbox.toml has no [migrations]: name the database and the tool there");
    }
    if (pipeline.migrations().byRailway()) {
      return RequestAnswer.refused(
          null,
          "only Railway reaches the database (runner = \"railway-predeploy\"): migrations run when"
              + " a commit is deployed; promote it");
    }
    LiveSet live = ledger.running().live();
    String left = live == null ? leftMixed() : live.revision();
    if (request.revision() == null && nothingOnRecord() && !down(request)) {
      return reading
          .running(pipeline)
          .map(running -> answer(request, pipeline, running.revision()))
          .orElseGet(this::unnamed);
    }
    if (request.revision() == null && (left == null || (live == null && !down(request)))) {
      return unnamed();
    }
    return answer(
        request, pipeline, request.revision() == null ? left : reading.revision(pipeline, request));
  }

  /** Nothing of ours ever ran here: what is live somebody else has deployed. */
  private boolean nothingOnRecord() {
    return ledger.running().lastGood() == null && ledger.running().mixed() == null;
  }

  private RequestAnswer unnamed() {
    return RequestAnswer.refused(
        null,
        "nothing is on record as live in "
            + ledger.environment()
            + (nothingOnRecord() ? ", and Railway names no one commit that runs there" : "")
            + ": name the commit whose migrations are to run (--commit)");
  }

  private RequestAnswer answer(LedgerRequest request, Pipeline pipeline, String revision) {
    String id = MigrationRunWorkflow.id(ledger.project(), ledger.environment());
    startLock.lock();
    try {
      if (leases.underWay(id)) {
        return alreadyUnderWay(id, revision, down(request));
      }
      return Starts.busy(ledger, leases, pipeline).orElseGet(() -> start(request, revision, id));
    } finally {
      startLock.unlock();
    }
  }

  private static boolean down(LedgerRequest request) {
    return request.kind() == LedgerRequest.Kind.DOWNGRADE;
  }

  /**
   * The commit whose release left the environment mixed: its code knows where the schema stands.
   */
  private String leftMixed() {
    Mixed mixed = ledger.running().mixed();
    return mixed == null || !PromotionWorkflow.isId(mixed.by())
        ? null
        : mixed.by().substring(mixed.by().lastIndexOf('/') + 1);
  }

  private RequestAnswer alreadyUnderWay(String id, String revision, boolean down) {
    String other = ledger.openRun(id).map(OpenRun::revision).orElse(revision);
    return other.equals(revision) && !down
        ? new RequestAnswer(id, revision, Outcome.JOINED, "already under way", false)
        : RequestAnswer.refused(
            null,
            id
                + " is under way for "
                + ShortCommit.of(other)
                + ": one at a time; answer it, or `signalbox cancel` it");
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
            request.reason(),
            down(request) ? request.schema() : null));
    String does =
        down(request)
            ? "takes the database back to " + request.schema()
            : "migrates to the head at " + ShortCommit.of(revision);
    return Starts.queueing(ledger, migration, id, revision, request, does);
  }
}
