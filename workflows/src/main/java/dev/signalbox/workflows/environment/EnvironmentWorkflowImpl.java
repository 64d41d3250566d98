package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.environment.LedgerActivities.CommitQuery;
import dev.signalbox.workflows.environment.LedgerActivities.HolderState;
import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.CommitStatus;
import dev.signalbox.workflows.github.GitHubActivities.RevisionQuery;
import dev.signalbox.workflows.github.GitHubActivities.StatusState;
import dev.signalbox.workflows.policy.EnvironmentPolicy;
import dev.signalbox.workflows.policy.EnvironmentPolicy.WhenBusy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import dev.signalbox.workflows.promotion.PromotionRequest;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import dev.signalbox.workflows.rollback.RollbackRequest;
import dev.signalbox.workflows.rollback.RollbackWorkflow;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancelExternalWorkflowException;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowLock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One loop grants the lease, looks for orphans and turns the page; handlers only record, except for
 * the request, which a person waits for.
 */
public final class EnvironmentWorkflowImpl implements EnvironmentWorkflow {
  /**
   * Messages after which the ledger continues as new, at once: under load there is no quiet moment
   * to wait for.
   */
  static final int TURN_AFTER = 500;

  private static final Duration RESOLVE_WITHIN = Duration.ofSeconds(8);

  private final Ledger ledger;
  private final Leases leases;
  private final TaskQueues queues;
  private final WorkflowLock startLock = Workflow.newWorkflowLock();
  private final Set<String> inProgress = new HashSet<>();
  private final Set<String> starting = new HashSet<>();
  private int carried;
  private int messages;
  private boolean turning;

  @WorkflowInit
  public EnvironmentWorkflowImpl(LedgerState state) {
    this.ledger = new Ledger(state);
    this.queues = new TaskQueues(state.project());
    this.leases = new Leases(ledger, queues);
  }

  @Override
  public void run(LedgerState same) {
    for (LedgerRequest request : ledger.takeNoted()) {
      carried++;
      Async.procedure(() -> carriedOver(request));
    }
    while (!turning) {
      awaitNews();
      leases.grant();
      leases.lookWhenDue();
      turning = pageFull();
    }
    Workflow.await(() -> Workflow.isEveryHandlerFinished() && carried == 0);
    leases.repeatGrants();
    Workflow.newContinueAsNewStub(EnvironmentWorkflow.class).run(ledger.state());
  }

  private void awaitNews() {
    if (ledger.somebodyWaits()) {
      Workflow.await(leases.untilNextLook(), this::hasNews);
    } else {
      Workflow.await(this::hasNews);
    }
  }

  private boolean hasNews() {
    return pageFull() || leases.hasNews();
  }

  private boolean pageFull() {
    return messages >= TURN_AFTER || Workflow.getInfo().isContinueAsNewSuggested();
  }

  private void carriedOver(LedgerRequest request) {
    try {
      request(request);
    } catch (ApplicationFailure refused) {
      // Nobody waits for this answer any more; who asks again with the same id gets a fresh try.
      Workflow.getLogger(EnvironmentWorkflowImpl.class)
          .info("carried request refused request={}", request.requestId());
    } finally {
      carried--;
    }
  }

  // ---- the lease

  @Override
  public void leaseRequested(LeaseRequest request) {
    messages++;
    leases.requested(request);
  }

  @Override
  public void leaseReleased(LeaseRelease release) {
    messages++;
    ledger.release(release.runId(), release.number());
  }

  @Override
  public void runEnded(RunReport report) {
    messages++;
    ledger.ended(report);
  }

  // ---- requests

  @Override
  public void validateRequest(LedgerRequest request) {
    if (request.requestId() == null || request.requestId().isBlank()) {
      throw new IllegalArgumentException("requestId is missing");
    }
    if (request.kind() == null) {
      throw new IllegalArgumentException("kind is missing: promote or rollback");
    }
    if (request.revision() != null && !request.revision().matches("[0-9a-f]{7,40}")) {
      throw new IllegalArgumentException("revision: want 7 to 40 hex digits, lower case");
    }
  }

  @Override
  public RequestAnswer request(LedgerRequest request) {
    messages++;
    // It may be under way already: carried over from the page before, and asked again meanwhile.
    Workflow.await(() -> !inProgress.contains(request.requestId()));
    Optional<RequestAnswer> known = ledger.answered(request.requestId());
    if (known.isPresent()) {
      return known.get();
    }
    if (turning) {
      ledger.note(request);
      return new RequestAnswer(
          null,
          null,
          Outcome.QUEUED,
          "the ledger turns its page; ask again with the same id",
          true);
    }
    inProgress.add(request.requestId());
    try {
      RequestAnswer answer =
          request.kind() == LedgerRequest.Kind.ROLLBACK ? rollback(request) : promote(request);
      return ledger.answer(request.requestId(), answer);
    } finally {
      inProgress.remove(request.requestId());
    }
  }

  // What GitHub is asked is asked outside the lock: a GitHub that hangs stops no other start.
  private RequestAnswer promote(LedgerRequest request) {
    Pipeline pipeline = readPolicy();
    String revision = resolve(pipeline, request);
    String id = PromotionWorkflow.id(ledger.project(), ledger.environment(), revision);
    // One at a time for each promotion: "pending" must not be said of one that runs already.
    Workflow.await(() -> !starting.contains(id));
    starting.add(id);
    try {
      Optional<RequestAnswer> settled = settled(pipeline, revision, id);
      if (settled.isPresent()) {
        return settled.get();
      }
      Succession succession = new Succession(queues, pipeline, revision, RESOLVE_WITHIN);
      if (pipeline.environment().whenBusy() == WhenBusy.SUPERSEDE) {
        succession.compareWith(ledger.waiting());
      }
      markPending(pipeline, revision);
      return startUnlessSettled(pipeline, request, revision, id, succession);
    } finally {
      starting.remove(id);
    }
  }

  private RequestAnswer startUnlessSettled(
      Pipeline pipeline, LedgerRequest request, String revision, String id, Succession succession) {
    startLock.lock();
    try {
      Optional<RequestAnswer> settled = settled(pipeline, revision, id);
      if (settled.isPresent()) {
        return settled.get();
      }
      String others = ledger.busy() ? "after " + busyWith() : null;
      List<OpenRun> older = ledger.waiting().stream().filter(succession::supersedes).toList();
      older.forEach(run -> Succession.tell(run, id));
      return start(request, revision, id, others);
    } finally {
      startLock.unlock();
    }
  }

  private Pipeline readPolicy() {
    try {
      return Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
          .read(new PolicyQuery(ledger.project(), ledger.environment()));
    } catch (ActivityFailure failure) {
      throw asked(failure);
    }
  }

  private String resolve(Pipeline pipeline, LedgerRequest request) {
    ActivityOptions within =
        ActivityOptions.newBuilder(ActivityProfiles.quick(queues.github(), "resolve the revision"))
            .setScheduleToCloseTimeout(RESOLVE_WITHIN)
            .build();
    try {
      String sha =
          Workflow.newActivityStub(GitHubActivities.class, within)
              .resolveRevision(
                  new RevisionQuery(
                      ledger.project(),
                      pipeline.project().github(),
                      pipeline.sourceBranch(),
                      request.revision()))
              .sha();
      return revisionBehind(pipeline, ledger.revisionBehind(sha));
    } catch (ActivityFailure failure) {
      throw asked(failure);
    }
  }

  // In a chain of environments the head of the source branch is a merge of the source's promotion.
  private String revisionBehind(Pipeline pipeline, String commit) {
    Optional<EnvironmentPolicy> promotedTo =
        pipeline.promotedFrom().filter(source -> source.from() != null);
    if (promotedTo.isEmpty()) {
      return commit;
    }
    ActivityOptions within =
        ActivityOptions.newBuilder(
                ActivityProfiles.quick(queues.workflows(), "which revision is it?"))
            .setScheduleToCloseTimeout(RESOLVE_WITHIN)
            .build();
    return Workflow.newActivityStub(LedgerActivities.class, within)
        .revisionBehind(
            new CommitQuery(ledger.project(), List.of(promotedTo.get().name()), commit));
  }

  // An update may fail only with an ApplicationFailure; another exception would retry the workflow
  // task for ever.
  private static ApplicationFailure asked(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure known
        ? ApplicationFailure.newNonRetryableFailure(known.getOriginalMessage(), known.getType())
        : ApplicationFailure.newNonRetryableFailure(
            "no answer within " + RESOLVE_WITHIN.toSeconds() + " s: " + failure.getActivityType(),
            "Unavailable");
  }

  /** The answer to a request that needs no new run; empty = one may be started. */
  private Optional<RequestAnswer> settled(Pipeline pipeline, String revision, String id) {
    if (leases.underWay(id)) {
      return Optional.of(
          new RequestAnswer(id, revision, Outcome.JOINED, "already under way", false));
    }
    if (ledger.live() != null && revision.equals(ledger.live().revision())) {
      return Optional.of(
          new RequestAnswer(
              id,
              revision,
              Outcome.ALREADY_THERE,
              revision.substring(0, 7) + " is live since " + ledger.live().since(),
              false));
    }
    return ledger
        .quarantined(revision)
        .map(
            entry ->
                "quarantined since "
                    + entry.since()
                    + ": "
                    + entry.reason()
                    + "; promote a newer commit that mends it")
        .or(() -> busy(pipeline))
        .map(why -> new RequestAnswer(id, revision, Outcome.REFUSED, why, false));
  }

  /** Why nothing new is started, where the policy wants that. */
  private Optional<String> busy(Pipeline pipeline) {
    if (pipeline.environment().whenBusy() != WhenBusy.REFUSE) {
      return Optional.empty();
    }
    leases.forgetTheClosed();
    return ledger.busy()
        ? Optional.of("busy with " + busyWith() + " (when_busy = \"refuse\")")
        : Optional.empty();
  }

  private String busyWith() {
    return ledger.holder() != null
        ? ledger.holder().workflowId()
        : ledger.waiting().get(0).workflowId();
  }

  // From the start, and before the promotion's own words can follow: an older "pending" must not
  // come last.
  private void markPending(Pipeline pipeline, String revision) {
    ActivityOptions within =
        ActivityOptions.newBuilder(ActivityProfiles.quick(queues.github(), "status pending"))
            .setScheduleToCloseTimeout(RESOLVE_WITHIN)
            .build();
    try {
      Workflow.newActivityStub(GitHubActivities.class, within)
          .postStatus(
              new CommitStatus(
                  ledger.project(),
                  pipeline.project().github(),
                  revision,
                  "signalbox/" + ledger.environment(),
                  StatusState.PENDING,
                  "waits for its gates"));
    } catch (ActivityFailure unmarked) {
      // The promotion posts its own later; without any, a required check stays open, which is safe.
      Workflow.getLogger(EnvironmentWorkflowImpl.class)
          .info("commit not marked pending revision={}", revision);
    }
  }

  private RequestAnswer start(LedgerRequest request, String revision, String id, String others) {
    PromotionWorkflow promotion =
        Workflow.newChildWorkflowStub(
            PromotionWorkflow.class,
            childOptions(id, revision.substring(0, 7) + " to " + ledger.environment(), request));
    Async.function(
        promotion::run,
        new PromotionRequest(
            ledger.project(),
            ledger.environment(),
            revision,
            request.requester(),
            request.reason(),
            ledger.lastGood(),
            ledger.quarantine(),
            ledger.merges()));
    try {
      WorkflowExecution execution = Workflow.getWorkflowExecution(promotion).get();
      ledger.started(new OpenRun(id, execution.getRunId(), revision));
    } catch (ChildWorkflowFailure alreadyRunning) {
      return new RequestAnswer(id, revision, Outcome.JOINED, "already under way", false);
    }
    return others == null
        ? new RequestAnswer(id, revision, Outcome.STARTED, "started", false)
        : new RequestAnswer(
            id, revision, Outcome.QUEUED, "started; it takes its turn " + others, false);
  }

  private ChildWorkflowOptions childOptions(String id, String summary, LedgerRequest request) {
    return ChildWorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setTaskQueue(queues.workflows())
        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
        .setStaticSummary(summary)
        .setStaticDetails("Asked for by " + request.requester())
        .build();
  }

  // ---- rollback by hand

  private RequestAnswer rollback(LedgerRequest request) {
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
      Workflow.await(RESOLVE_WITHIN, () -> !ledger.holds(runId));
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
            || (ledger.lastGood() != null
                && ledger.lastGood().deployments().stream()
                    .anyMatch(one -> one.id().equals(deployment)));
    return itsLastGood && ledger.holder().workflowId().startsWith("promotion/");
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
        ledger.lastGood() == null ? null : ledger.lastGood().revision(),
        Outcome.JOINED,
        "asked "
            + id
            + " to stop and go back to its last good set; `signalbox why "
            + id
            + "` shows whether it was in time",
        false);
  }

  private RequestAnswer startRollback(LedgerRequest request) {
    Optional<LiveSet> target = ledger.rollbackTarget(request.deployment());
    if (target.isEmpty()) {
      return RequestAnswer.refused(
          null,
          request.deployment() == null
              ? "there is no former set on record to go back to"
              : "no recorded set has deployment " + request.deployment());
    }
    String id = MigrateAndDeployWorkflow.id(ledger.project(), ledger.environment());
    long number = ledger.hold(id, Leases.STARTING, now()).number();
    RollbackWorkflow rollback =
        Workflow.newChildWorkflowStub(
            RollbackWorkflow.class, childOptions(id, "roll back " + ledger.environment(), request));
    Async.function(
        rollback::run,
        new RollbackRequest(
            ledger.project(),
            ledger.environment(),
            target.get(),
            ledger.live(),
            request.requester(),
            request.reason(),
            number));
    try {
      WorkflowExecution execution = Workflow.getWorkflowExecution(rollback).get();
      ledger.heldBy(execution.getRunId());
      ledger.started(new OpenRun(id, execution.getRunId(), target.get().revision()));
    } catch (ChildWorkflowFailure fenced) {
      ledger.release(Leases.STARTING, number);
      return RequestAnswer.refused(null, id + " is still running; ask again when it has ended");
    }
    return new RequestAnswer(
        id,
        target.get().revision(),
        Outcome.STARTED,
        "goes back to " + target.get().revision(),
        false);
  }

  @Override
  public LedgerStatus status() {
    return ledger.status(messages);
  }

  @Override
  public LedgerRecord record() {
    return new LedgerRecord(ledger.live(), ledger.quarantine(), ledger.merges());
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
