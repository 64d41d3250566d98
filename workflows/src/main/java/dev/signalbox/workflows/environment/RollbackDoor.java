package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.environment.LedgerActivities.HolderState;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import dev.signalbox.workflows.rollback.RollbackRequest;
import dev.signalbox.workflows.rollback.RollbackWorkflow;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancelExternalWorkflowException;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowLock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides what becomes of a request to go back by hand: started, a cancel, or refused. */
final class RollbackDoor {
  /** How long a release that is live may take to report that. */
  private static final Duration RELEASE_WITHIN = Duration.ofSeconds(8);

  private final Ledger ledger;
  private final Leases leases;
  private final TaskQueues queues;
  private final WorkflowLock startLock;

  /**
   * @param startLock held by whoever decides and starts, a promotion or a rollback
   */
  RollbackDoor(Ledger ledger, Leases leases, TaskQueues queues, WorkflowLock startLock) {
    this.ledger = ledger;
    this.leases = leases;
    this.queues = queues;
    this.startLock = startLock;
  }

  RequestAnswer answer(LedgerRequest request) {
    // Who goes back goes first: nobody gets the lease while this is decided.
    leases.holdBack();
    try {
      awaitRelease();
      startLock.lock();
      try {
        return decideRollback(request);
      } finally {
        startLock.unlock();
      }
    } finally {
      leases.letGo();
    }
  }

  // A release that is live is not cancelled any more; it takes a moment until it has reported that.
  private void awaitRelease() {
    boolean releasing = leases.look().map(HolderState::deployedLive).orElse(false);
    if (releasing) {
      String runId = ledger.holder().runId();
      Workflow.await(RELEASE_WITHIN, () -> !ledger.holds(runId));
    }
  }

  private RequestAnswer decideRollback(LedgerRequest request) {
    Optional<HolderState> holder = leases.look();
    if (ledger.holder() == null) {
      return startRollback(request);
    }
    if (holder.isPresent() && holder.get().holderClosed()) {
      return deployGoesOn();
    }
    if (!goesBackTo(request.deployment())) {
      return RequestAnswer.refused(
          null,
          "busy with "
              + ledger.holder().workflowId()
              + "; a rollback never queues: ask again when it has ended");
    }
    return holder
        .map(HolderState::deployResult)
        .map(this::afterItsDeploy)
        .orElseGet(this::cancelHolder);
  }

  private RequestAnswer deployGoesOn() {
    return RequestAnswer.refused(
        null,
        ledger.holder().workflowId()
            + " was terminated and its deploy goes on; ask again when that has ended");
  }

  /** Whether the holder, when it is cancelled, goes back to what is asked for. */
  private boolean goesBackTo(String deployment) {
    boolean itsLastGood =
        deployment == null
            || (ledger.running().lastGood() != null
                && ledger.running().lastGood().deployments().stream()
                    .anyMatch(one -> one.id().equals(deployment)));
    return itsLastGood && PromotionWorkflow.isId(ledger.holder().workflowId());
  }

  // Its deploy has ended: there is nothing left to cancel, and what it did is known.
  private RequestAnswer afterItsDeploy(DeployResult deployed) {
    String id = ledger.holder().workflowId();
    if (deployed.wentBack()) {
      return new RequestAnswer(
          id,
          deployed.live().revision(),
          Outcome.ALREADY_THERE,
          id + " went back by itself: " + deployed.detail(),
          false);
    }
    return RequestAnswer.refused(
        null,
        id + " is reporting its end (" + deployed.result().word() + "); ask again in a moment");
  }

  // While a promotion holds the environment, going back to its last good set is cancelling it. Only
  // asked for: it may be going live in this very moment, and then it is too late.
  private RequestAnswer cancelHolder() {
    String id = ledger.holder().workflowId();
    try {
      Workflow.newUntypedExternalWorkflowStub(
              WorkflowExecution.newBuilder().setWorkflowId(id).build())
          .cancel();
    } catch (CancelExternalWorkflowException | ApplicationFailure closed) {
      return RequestAnswer.refused(null, id + " has just ended; ask again");
    }
    return new RequestAnswer(
        id,
        ledger.running().lastGood() == null ? null : ledger.running().lastGood().revision(),
        Outcome.JOINED,
        "asked "
            + id
            + " to stop and go back to its last good set; `signalbox why "
            + id
            + "` shows whether it was in time",
        false);
  }

  private RequestAnswer startRollback(LedgerRequest request) {
    Optional<LiveSet> target = ledger.running().rollbackTarget(request.deployment());
    if (target.isEmpty()) {
      return RequestAnswer.refused(
          null,
          request.deployment() == null
              ? "there is no former set on record to go back to"
              : "no recorded set has deployment " + request.deployment());
    }
    Optional<String> unreadable = target.get().unreadable();
    if (unreadable.isPresent()) {
      return RequestAnswer.refused(null, unreadable.get());
    }
    String id = MigrateAndDeployWorkflow.id(ledger.project(), ledger.environment());
    long number = ledger.hold(id, Leases.STARTING, target.get().revision(), now()).number();
    RollbackWorkflow rollback =
        Workflow.newChildWorkflowStub(
            RollbackWorkflow.class,
            Starts.options(queues, id, "roll back " + ledger.environment(), request));
    Async.function(
        rollback::run,
        new RollbackRequest(
            ledger.project(),
            ledger.environment(),
            target.get(),
            ledger.running().live(),
            request.requester(),
            request.reason(),
            number));
    return Starts.fenced(
        ledger,
        rollback,
        target.get().revision(),
        number,
        request,
        "goes back to " + target.get().revision());
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
