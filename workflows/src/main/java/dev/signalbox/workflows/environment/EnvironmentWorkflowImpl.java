package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.environment.LedgerActivities.HolderQuery;
import dev.signalbox.workflows.environment.LedgerActivities.HolderState;
import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import dev.signalbox.workflows.environment.LedgerStatus.Holder;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.CommitStatus;
import dev.signalbox.workflows.github.GitHubActivities.RevisionQuery;
import dev.signalbox.workflows.github.GitHubActivities.StatusState;
import dev.signalbox.workflows.policy.EnvironmentPolicy.WhenBusy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import dev.signalbox.workflows.promotion.PromotionRequest;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
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
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowLock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
  private static final Duration ORPHAN_CHECK = Duration.ofMinutes(5);

  /** Stands for the run id of a rollback that holds the lease and has none yet. */
  private static final String STARTING = "starting";

  private final Ledger ledger;
  private final TaskQueues queues;
  private final WorkflowLock startLock = Workflow.newWorkflowLock();
  private final List<LeaseRequest> repeated = new ArrayList<>();
  private final Set<String> inProgress = new HashSet<>();
  private int carried;
  private int messages;
  private boolean turning;
  private boolean newAsker;

  @WorkflowInit
  public EnvironmentWorkflowImpl(LedgerState state) {
    this.ledger = new Ledger(state);
    this.queues = new TaskQueues(state.project());
  }

  @Override
  public void run(LedgerState same) {
    for (LedgerRequest request : ledger.takeNoted()) {
      carried++;
      Async.procedure(() -> carriedOver(request));
    }
    while (!turning) {
      boolean news = awaitNews();
      grant();
      if (ledger.holder() != null && ledger.somebodyWaits() && (newAsker || !news)) {
        newAsker = false;
        freeOrphan();
      }
      newAsker = false;
      turning = pageFull();
    }
    Workflow.await(() -> Workflow.isEveryHandlerFinished() && carried == 0);
    grant();
    Workflow.newContinueAsNewStub(EnvironmentWorkflow.class).run(ledger.state());
  }

  /** Whether something came; false = somebody has waited long enough for a look at the holder. */
  private boolean awaitNews() {
    if (ledger.somebodyWaits()) {
      return Workflow.await(ORPHAN_CHECK, this::hasNews);
    }
    Workflow.await(this::hasNews);
    return true;
  }

  private boolean hasNews() {
    return pageFull() || newAsker || !repeated.isEmpty() || mayGrant();
  }

  private boolean pageFull() {
    return messages >= TURN_AFTER || Workflow.getInfo().isContinueAsNewSuggested();
  }

  private boolean mayGrant() {
    return ledger.holder() == null && ledger.somebodyWaits();
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

  private void grant() {
    while (!repeated.isEmpty()) {
      LeaseRequest again = repeated.remove(0);
      if (ledger.holds(again.runId())) {
        deliver(again.workflowId(), ledger.grant());
      }
    }
    Optional<LeaseGrant> next = ledger.grantNext(now());
    while (next.isPresent()) {
      String workflowId = ledger.holder().workflowId();
      if (!deliver(workflowId, next.get())) {
        ledger.forget(next.get().runId());
      }
      next = ledger.grantNext(now());
    }
  }

  private static boolean deliver(String workflowId, LeaseGrant grant) {
    try {
      Workflow.newExternalWorkflowStub(
              PromotionWorkflow.class,
              WorkflowExecution.newBuilder().setWorkflowId(workflowId).build())
          .leaseGranted(grant);
      return true;
    } catch (SignalExternalWorkflowException | ApplicationFailure closed) {
      return false;
    }
  }

  // Freed when the engine knows both as closed, never by age: a slow release is not an orphan.
  // Answers whether the holder is closed.
  private boolean freeOrphan() {
    Holder holder = ledger.holder();
    if (holder == null || holder.runId().equals(STARTING)) {
      return false;
    }
    HolderState state = inspect(holder.workflowId(), holder.runId());
    if (state.orphaned() && ledger.holds(holder.runId())) {
      ledger.ended(orphanReport(holder, state.deployResult()));
      grant();
    }
    return state.holderClosed();
  }

  // A terminated run reports nothing: before anybody is refused because of it, the engine is asked.
  private void forgetTheClosed() {
    freeOrphan();
    for (OpenRun run : ledger.waiting()) {
      if (inspect(run.workflowId(), run.runId()).holderClosed()) {
        ledger.forgetWaiting(run.runId());
      }
    }
  }

  private static RunReport orphanReport(Holder holder, DeployResult deployed) {
    return new RunReport(
        holder.workflowId(),
        holder.runId(),
        holder.number(),
        deployed == null ? null : deployed.revision(),
        deployed == null ? Result.FAILED : deployed.result(),
        null,
        deployed == null
            ? "ended without a report"
            : "terminated; its deploy: " + deployed.detail(),
        deployed == null ? null : deployed.former(),
        deployed == null ? null : deployed.live(),
        deployed != null && deployed.quarantine(),
        now());
  }

  @Override
  public void leaseRequested(LeaseRequest request) {
    messages++;
    if (ledger.holds(request.runId())) {
      repeated.add(request);
      return;
    }
    ledger.ask(request);
    newAsker = true;
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

  private RequestAnswer promote(LedgerRequest request) {
    Pipeline pipeline = readPolicy();
    String revision = resolve(pipeline, request);
    startLock.lock();
    try {
      return decide(pipeline, request, revision);
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
      return ledger.revisionBehind(sha);
    } catch (ActivityFailure failure) {
      throw asked(failure);
    }
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

  private RequestAnswer decide(Pipeline pipeline, LedgerRequest request, String revision) {
    String id = PromotionWorkflow.id(ledger.project(), ledger.environment(), revision);
    if (underWay(id)) {
      return new RequestAnswer(id, revision, Outcome.JOINED, "already under way", false);
    }
    if (ledger.live() != null && revision.equals(ledger.live().revision())) {
      return new RequestAnswer(
          id,
          revision,
          Outcome.ALREADY_THERE,
          revision.substring(0, 7) + " is live since " + ledger.live().since(),
          false);
    }
    var quarantined = ledger.quarantined(revision);
    if (quarantined.isPresent()) {
      return new RequestAnswer(
          id,
          revision,
          Outcome.REFUSED,
          "quarantined since " + quarantined.get().since() + ": " + quarantined.get().reason(),
          false);
    }
    WhenBusy whenBusy = pipeline.environment().whenBusy();
    if (whenBusy == WhenBusy.REFUSE) {
      forgetTheClosed();
    }
    if (ledger.busy() && whenBusy == WhenBusy.REFUSE) {
      return new RequestAnswer(
          id,
          revision,
          Outcome.REFUSED,
          "busy with " + busyWith() + " (when_busy = \"refuse\")",
          false);
    }
    String others = ledger.busy() ? busyWith() : null;
    if (whenBusy == WhenBusy.SUPERSEDE) {
      ledger.waiting().forEach(run -> supersede(run, id));
    }
    markPending(pipeline, revision);
    return start(request, revision, id, others);
  }

  // A terminated run reports nothing: whoever asks again must not be told for ever that it is under
  // way.
  private boolean underWay(String id) {
    Optional<OpenRun> run = ledger.openRun(id);
    if (run.isEmpty()) {
      return false;
    }
    if (ledger.holds(run.get().runId())) {
      freeOrphan();
      return ledger.openRun(id).isPresent();
    }
    HolderState state = inspect(id, run.get().runId());
    if (state.holderClosed()) {
      ledger.forgetWaiting(run.get().runId());
    }
    return !state.holderClosed() || ledger.holds(run.get().runId());
  }

  private HolderState inspect(String workflowId, String runId) {
    return Workflow.newActivityStub(
            LedgerActivities.class, ActivityProfiles.quick(queues.workflows(), "is it alive?"))
        .inspect(
            new HolderQuery(
                ledger.project(),
                workflowId,
                runId,
                MigrateAndDeployWorkflow.id(ledger.project(), ledger.environment())));
  }

  private String busyWith() {
    return ledger.holder() != null
        ? ledger.holder().workflowId()
        : ledger.waiting().get(0).workflowId();
  }

  private static void supersede(OpenRun run, String by) {
    try {
      Workflow.newExternalWorkflowStub(
              PromotionWorkflow.class,
              WorkflowExecution.newBuilder().setWorkflowId(run.workflowId()).build())
          .superseded(by);
    } catch (SignalExternalWorkflowException | ApplicationFailure closed) {
      Workflow.getLogger(EnvironmentWorkflowImpl.class)
          .info("superseded run is closed workflow={}", run.workflowId());
    }
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
            ledger.live(),
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
            id, revision, Outcome.QUEUED, "started; it takes its turn after " + others, false);
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
    startLock.lock();
    try {
      boolean closed = freeOrphan();
      if (ledger.holder() == null) {
        return startRollback(request);
      }
      return closed ? deployGoesOn() : cancelHolder(request);
    } finally {
      startLock.unlock();
    }
  }

  private RequestAnswer deployGoesOn() {
    return RequestAnswer.refused(
        null,
        ledger.holder().workflowId()
            + " was terminated and its deploy goes on; ask again when that has ended");
  }

  // While a promotion holds the environment, going back to its last good set is cancelling it.
  private RequestAnswer cancelHolder(LedgerRequest request) {
    Holder holder = ledger.holder();
    boolean toItsLastGood =
        request.deployment() == null
            || (ledger.live() != null
                && ledger.live().deployments().stream()
                    .anyMatch(one -> one.id().equals(request.deployment())));
    if (!holder.workflowId().startsWith("promotion/") || !toItsLastGood) {
      return RequestAnswer.refused(
          null,
          "busy with "
              + holder.workflowId()
              + "; a rollback never queues: ask again when it has ended");
    }
    try {
      Workflow.newUntypedExternalWorkflowStub(
              WorkflowExecution.newBuilder().setWorkflowId(holder.workflowId()).build())
          .cancel();
    } catch (CancelExternalWorkflowException | ApplicationFailure closed) {
      return RequestAnswer.refused(null, holder.workflowId() + " has just ended; ask again");
    }
    return new RequestAnswer(
        holder.workflowId(),
        ledger.live() == null ? null : ledger.live().revision(),
        Outcome.JOINED,
        "cancels " + holder.workflowId() + ", which goes back to its last good set",
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
    long number = ledger.hold(id, STARTING, now()).number();
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
      ledger.forget(STARTING);
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

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
