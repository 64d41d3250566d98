package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Answer;
import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.ApprovalGate;
import dev.signalbox.workflows.approval.ApprovalMessage;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.approval.DecisionReply;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.deploy.DeployRequest;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.deploy.DeployStatus;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.environment.LeaseGrant;
import dev.signalbox.workflows.environment.LedgerLine;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.environment.RunReport;
import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.policy.EnvironmentPolicy.AutoDeploy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.TriggerOrder;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The runbook of a release: gates, approval, lease, re-read, merge, deploy, release. */
public final class PromotionWorkflowImpl implements PromotionWorkflow {
  private final PromotionRequest request;
  private final Timeline timeline = new Timeline();
  private final Asks asks = new Asks();
  private final ApprovalGate approval = new ApprovalGate(asks);
  private final Preflight preflight;
  private final ReleaseDesk desk;
  private final LedgerLine ledger;
  private final Lease lease;
  private final MergeStep merge;
  private final Set<String> mirrored = new LinkedHashSet<>();

  private String stage = "resolving";
  private LedgerRecord recorded;
  private List<String> changes = List.of();
  private String card;
  private String supersededBy;
  private DeployResult cancelledDeploy;
  private PromotionResult result;

  @WorkflowInit
  public PromotionWorkflowImpl(PromotionRequest request) {
    this.request = request;
    this.preflight = new Preflight(request.project(), request.environment());
    this.desk = new ReleaseDesk(request, preflight, timeline);
    this.ledger = new LedgerLine(request.project(), request.environment());
    this.lease = new Lease(ledger);
    this.merge =
        new MergeStep(
            request.revision(),
            preflight,
            desk,
            timeline,
            Questions.toldBy(this::tellQuestion, asks));
    this.recorded = request.record();
  }

  @Override
  public PromotionResult run(PromotionRequest same) {
    Ending ending = journey();
    Workflow.newDetachedCancellationScope(
            () -> {
              close(ending);
              Workflow.await(Workflow::isEveryHandlerFinished);
            })
        .run();
    return result;
  }

  private Ending journey() {
    try {
      while (true) {
        readPolicy();
        Optional<Ending> stopped = passGates().or(this::getApproval).or(this::takeLease);
        if (stopped.isPresent()) {
          return stopped.get();
        }
        Reread reread = reread();
        if (reread.stopped() != null) {
          return reread.stopped();
        }
        if (reread.change().none()) {
          return ship();
        }
        lease.giveBack();
        voidApprovalBecauseOf(reread.change());
      }
    } catch (TemporalFailure failure) {
      return Failure.isCancel(failure)
          ? Ending.of(Result.CANCELLED, "cancelled while " + stage)
          : Ending.of(Result.FAILED, "stopped while " + stage + ": " + Failure.message(failure));
    }
  }

  private void readPolicy() {
    asks.judgeBy(preflight.readPolicy(), request.requester());
  }

  private Optional<Ending> passGates() {
    enter("gates");
    timeline.begin("gates");
    preflight.look(request.revision(), recorded);
    while (true) {
      // First: what it waited for does not matter to it any more, and a pull request would stay.
      if (supersededBy != null) {
        return Optional.of(superseded());
      }
      Optional<Ending> failed = failedGate("gates");
      if (failed.isPresent()) {
        return failed;
      }
      desk.openPull();
      Optional<GateResult> waiting = preflight.first(State.WAITING);
      if (waiting.isEmpty()) {
        timeline.done("gates", preflight.gates().size() + " met");
        return Optional.empty();
      }
      timeline.waiting("gates", waiting.get().name() + ": " + waiting.get().evidence());
      preflight.awaitChange(request.revision(), recorded, () -> supersededBy != null);
    }
  }

  /**
   * Noted where the engine alone can tell it, with no worker: who approves then learns the digest
   * from here.
   */
  private void enter(String next) {
    stage = next;
    ReleaseSet release = preflight.release();
    Workflow.upsertMemo(
        release == null
            ? Map.of("stage", next)
            : Map.of("stage", next, "digest", release.digest()));
  }

  private Optional<Ending> failedGate(String step) {
    return preflight
        .first(State.FAILED)
        .map(
            gate -> {
              timeline.failed(step, null, gate.name() + ": " + gate.evidence());
              return Ending.of(Result.FAILED, "gate " + gate.name() + ": " + gate.evidence());
            });
  }

  private Optional<Ending> getApproval() {
    ReleaseSet release = preflight.release();
    if (!ApprovalGate.wanted(preflight.pipeline(), release)) {
      timeline.skipped("approval", null, "none needed");
      return Optional.empty();
    }
    if (approval.givenFor(release)) {
      return Optional.empty();
    }
    enter("approval");
    Ask ask = approval.open(preflight.pipeline(), release);
    card = desk.text().card(preflight.gates(), ask.from(), changes);
    timeline.waiting(
        "approval", "by " + (ask.from().isEmpty() ? "anybody" : String.join(", ", ask.from())));
    tell(Event.APPROVAL_WANTED, ask.id(), card, ask.from());
    ApprovalGate.Verdict verdict = approval.await(ask, () -> supersededBy != null);
    switch (verdict.outcome()) {
      case APPROVED -> {
        timeline.done("approval", verdict.sentence());
        return Optional.empty();
      }
      case REJECTED, EXPIRED -> {
        timeline.failed("approval", null, verdict.sentence());
        return Optional.of(Ending.of(Result.REJECTED, verdict.sentence()));
      }
      case GIVEN_UP -> {
        return Optional.of(superseded());
      }
    }
    throw new IllegalStateException("every outcome is judged above");
  }

  private void voidApprovalBecauseOf(Change change) {
    changes = change.lines();
    if (change.voidsApproval()) {
      approval.voided();
      timeline.skipped("approval-void", null, change.sentence());
    }
  }

  private Optional<Ending> takeLease() {
    enter("lease");
    timeline.waiting("lease", "queued at the ledger");
    if (!lease.take(request.revision(), () -> supersededBy != null)) {
      return Optional.of(superseded());
    }
    timeline.done("lease", "number " + lease.number());
    return Optional.empty();
  }

  /** The world, immediately before the deed: stopped for good, changed, or as it was approved. */
  private record Reread(Ending stopped, Change change) {}

  private Reread reread() {
    enter("rereading");
    timeline.begin("reread");
    Pipeline approvedPolicy = preflight.pipeline();
    ReleaseSet approved = preflight.release();
    recorded = lease.grant().record();
    readPolicy();
    preflight.look(request.revision(), recorded);
    Optional<Ending> failed = failedGate("reread");
    if (failed.isPresent()) {
      return new Reread(failed.get(), null);
    }
    Change change =
        preflight
            .first(State.WAITING)
            .map(Change::waitingAgain)
            .orElseGet(
                () ->
                    Change.between(
                        approved, approvedPolicy, preflight.release(), preflight.pipeline()));
    timeline.done("reread", change.none() ? "as approved" : change.sentence());
    return new Reread(null, change);
  }

  private Ending ship() {
    enter("merging");
    switchAutoDeployOff();
    Optional<Ending> stopped = merge.carryOut();
    if (stopped.isPresent()) {
      return stopped.get();
    }
    return CancellationScope.current().isCancelRequested()
        ? Ending.of(Result.CANCELLED, "cancelled after the merge; nothing was deployed")
        : deploy();
  }

  private void switchAutoDeployOff() {
    if (preflight.pipeline().environment().autoDeploy() != AutoDeploy.SWITCH_OFF) {
      return;
    }
    RailwayActivities railway =
        Workflow.newActivityStub(
            RailwayActivities.class,
            ActivityProfiles.quick(
                new TaskQueues(request.project()).railway(), "remove a trigger"));
    preflight.facts().target().services().stream()
        .flatMap(service -> service.triggers().stream())
        .forEach(
            trigger -> {
              railway.removeTrigger(
                  new TriggerOrder(
                      request.project(),
                      preflight.pipeline().project().railway(),
                      request.environment(),
                      trigger.id()));
              timeline.done(
                  "switch-off",
                  "removed the trigger on " + trigger.branch() + " of " + trigger.repository());
            });
  }

  private Ending deploy() {
    enter("deploying");
    desk.beginDeployment();
    desk.updateBody("deploying");
    try {
      DeployResult deployed = deployWorkflow().run(deployRequest());
      timeline.add(deployed.steps());
      return Ending.of(deployed);
    } catch (ChildWorkflowFailure failure) {
      if (!Failure.isCancel(failure)) {
        return Ending.lost(failure);
      }
      if (cancelledDeploy == null) {
        return Ending.of(Result.CANCELLED, "cancelled before anything was deployed");
      }
      timeline.add(cancelledDeploy.steps());
      return Ending.of(cancelledDeploy);
    }
  }

  private DeployRequest deployRequest() {
    return new DeployRequest(
        Workflow.getInfo().getWorkflowId(),
        Workflow.getInfo().getFirstExecutionRunId(),
        request.revision(),
        merge.commit(),
        preflight.release().digest(),
        request.requester(),
        recorded.live(),
        lease.grant().mixed(),
        preflight.pipeline(),
        preflight.facts().target(),
        lease.number());
  }

  private MigrateAndDeployWorkflow deployWorkflow() {
    return Workflow.newChildWorkflowStub(
        MigrateAndDeployWorkflow.class,
        ChildWorkflowOptions.newBuilder()
            .setWorkflowId(MigrateAndDeployWorkflow.id(request.project(), request.environment()))
            .setTaskQueue(new TaskQueues(request.project()).workflows())
            .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
            .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
            .setStaticSummary(preflight.release().shortRevision() + " to " + request.environment())
            .setStaticDetails("Part of `" + Workflow.getInfo().getWorkflowId() + "`")
            .build());
  }

  private void close(Ending ending) {
    enter("releasing");
    if (ending.live()) {
      timeline.begin("release");
    } else {
      timeline.failOpen(ending.detail());
    }
    if (preflight.pipeline() != null && preflight.release() != null) {
      desk.close(ending, report(ending), ApprovalGate.approvers(preflight.pipeline()));
    }
    // The environment is done with: what is left concerns GitHub alone, so the next one may begin.
    reportToLedger(ending);
    desk.finish();
    if (ending.live()) {
      timeline.done("release", "tagged and reported");
    }
    result =
        new PromotionResult(
            Workflow.getInfo().getWorkflowId(),
            request.revision(),
            ending.result(),
            preflight.release() == null ? null : preflight.release().digest(),
            ending.detail(),
            merge.commit(),
            timeline.steps(),
            report(ending));
  }

  private String report(Ending ending) {
    return preflight.release() == null
        ? ending.detail()
        : desk.text().report(ending, timeline.steps(), merge.commit());
  }

  private void reportToLedger(Ending ending) {
    DeployResult deployed = ending.deploy();
    RunReport report =
        new RunReport(
            Workflow.getInfo().getWorkflowId(),
            Workflow.getInfo().getFirstExecutionRunId(),
            lease.number(),
            request.revision(),
            ending.result(),
            request.requester(),
            ReleaseDesk.clip(ending.detail()),
            deployed == null ? null : deployed.former(),
            deployed == null ? null : deployed.live(),
            ending.mixed(),
            deployed != null && deployed.quarantine(),
            Instant.ofEpochMilli(Workflow.currentTimeMillis()));
    ledger.say(line -> line.runEnded(report));
  }

  // A failing notice never stops a workflow; a cancel that arrives meanwhile does.
  private void tell(Event event, String step, String markdown, List<String> names) {
    try {
      desk.tell(event, step, markdown, names);
    } catch (ActivityFailure failure) {
      if (Failure.isCancel(failure)) {
        throw failure;
      }
      timeline.failed("notice", null, Failure.message(failure));
    }
  }

  private Ending superseded() {
    return Ending.of(Result.SUPERSEDED, "superseded by " + supersededBy);
  }

  @Override
  public void approve(ApprovalMessage message) {
    asks.take(Answer.of(Asks.APPROVE, message));
  }

  @Override
  public void reject(ApprovalMessage message) {
    asks.take(Answer.of(Asks.REJECT, message));
  }

  @Override
  public void resolve(AnswerMessage message) {
    takeAndForward(Answer.of(message));
  }

  @Override
  public DecisionReply decide(DecideMessage message) {
    return takeAndForward(Answer.of(message));
  }

  @Override
  public void validateDecide(DecideMessage message) {
    asks.validate(message);
  }

  private DecisionReply takeAndForward(Answer answer) {
    Ask ask = asks.find(answer);
    DecisionReply reply = asks.take(answer);
    return reply.counted() && ask != null && mirrored.contains(ask.id())
        ? forward(answer, ask, reply)
        : reply;
  }

  private DecisionReply forward(Answer answer, Ask ask, DecisionReply reply) {
    try {
      Workflow.newExternalWorkflowStub(
              MigrateAndDeployWorkflow.class,
              WorkflowExecution.newBuilder()
                  .setWorkflowId(
                      MigrateAndDeployWorkflow.id(request.project(), request.environment()))
                  .build())
          .resolve(answer.forwarded(ask.id()));
      return reply;
    } catch (SignalExternalWorkflowException | ApplicationFailure ended) {
      return new DecisionReply(false, "the deploy that asked has ended");
    }
  }

  @Override
  public void leaseGranted(LeaseGrant grant) {
    lease.granted(grant);
  }

  @Override
  public void asked(Ask question) {
    mirrored.add(question.id());
    asks.open(question);
    tellQuestion(question);
  }

  private void tellQuestion(Ask question) {
    Workflow.newDetachedCancellationScope(
            () ->
                tell(
                    Event.QUESTION,
                    question.id(),
                    PromotionText.question(request, question),
                    ApprovalGate.approvers(preflight.pipeline())))
        .run();
  }

  @Override
  public void answered(String questionId) {
    mirrored.remove(questionId);
    asks.close(questionId);
  }

  @Override
  public void deployEnded(DeployResult deployResult) {
    cancelledDeploy = deployResult;
  }

  @Override
  public void superseded(String byPromotion) {
    if (!lease.held()) {
      supersededBy = byPromotion;
    }
  }

  @Override
  public PromotionStatus status() {
    ReleaseSet release = preflight.release();
    boolean question = asks.open().stream().anyMatch(ask -> ask.kind() == Ask.Kind.QUESTION);
    String running = question ? "question" : stage;
    return new PromotionStatus(
        Workflow.getInfo().getWorkflowId(),
        result == null ? running : result.result().word(),
        request.revision(),
        release == null ? null : release.digest(),
        release == null ? null : release.alias(),
        result == null ? unmet() : List.of(),
        asks.open(),
        timeline.steps(),
        asks.decisions(),
        preflight.gates(),
        card,
        desk.pullUrl(),
        result);
  }

  private List<Unmet> unmet() {
    List<Unmet> unmet = new ArrayList<>();
    preflight.gates().stream()
        .filter(gate -> gate.state() != State.MET)
        .forEach(
            gate ->
                unmet.add(
                    new Unmet(gate.name() + ": " + gate.evidence(), gate.owner(), gate.until())));
    asks.open().forEach(ask -> unmet.add(DeployStatus.unmet(ask)));
    if (stage.equals("lease")) {
      unmet.add(new Unmet("lease: another run holds the environment", "the ledger", null));
    }
    return unmet;
  }
}
