package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.ApprovalGate;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Delay;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.approval.Reason;
import dev.signalbox.workflows.deploy.DeployRequest;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.environment.RunReport;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.health.Proof;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.migration.MigrationOrder;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.promotion.GateWatch.Reread;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The runbook of a release: gates, approval, lease, re-read, merge, deploy, release. */
public final class PromotionWorkflowImpl extends LeasedRun implements PromotionWorkflow {
  private final PromotionRequest request;
  private final Successor successor = new Successor();
  private final Preflight preflight;
  private final Stage stage;
  private final ReleaseDesk desk;
  private final TimeLimits limits;
  private final CalledOff calledOff;
  private final PolicyNews rules;
  private final GateWatch gates;
  private final EmergencyCall emergency;
  private final ApprovalStep approval;
  private final TriggerSwitch triggers;
  private final MergeStep merge;
  private final ContractStep contract;
  private final RevertStep revert;
  private final SyncStep sync;
  private final AskedQuestions questions;
  private PromotionResult result;

  @WorkflowInit
  public PromotionWorkflowImpl(PromotionRequest request) {
    super(request.project(), request.environment());
    this.request = request;
    this.preflight =
        new Preflight(request.project(), request.environment(), request.service())
            .askedBy(request.requester(), request.automatic())
            .inEmergency(request.emergency() ? request.reason() : null);
    this.stage = new Stage(preflight);
    this.desk = new ReleaseDesk(request, preflight, timeline);
    this.questions =
        new AskedQuestions(asks, desk.board(), request.environment(), preflight::pipeline);
    this.limits =
        new TimeLimits(
            () -> preflight.pipeline().environment().limits(),
            this::waitsForPeople,
            stage::name,
            this::delayed,
            this::timeIsUp);
    this.calledOff = new CalledOff(successor, limits);
    this.rules =
        new PolicyNews(request.project(), request.environment(), preflight::pipeline, stage::waits);
    this.gates = new GateWatch(request, preflight, desk, timeline, stage, calledOff, limits, rules);
    this.emergency = new EmergencyCall(request, preflight, desk, timeline);
    this.approval =
        new ApprovalStep(
            approval(desk.board(), ""), preflight, desk, timeline, stage, calledOff, rules);
    this.triggers = new TriggerSwitch(preflight, timeline);
    this.revert = new RevertStep(preflight, timeline);
    this.sync = new SyncStep(preflight, timeline);
    this.merge =
        new MergeStep(
            request.revision(),
            preflight,
            desk,
            timeline,
            Questions.toldBy(questions::tell, asks),
            calledOff);
    this.contract =
        new ContractStep(
            request,
            preflight,
            desk,
            timeline,
            stage,
            lease,
            deploy,
            this::readPolicy,
            calledOff,
            approval(desk.board(), ContractStep.PREFIX));
  }

  @Override
  public PromotionResult run(PromotionRequest same) {
    CurrentDetails.follow(this);
    Ending ending = signed(journey());
    boolean more = contract.wanted(ending);
    Workflow.newDetachedCancellationScope(() -> close(ending, more)).run();
    Ending last = more ? signed(contract.carryOut(ending)) : ending;
    Workflow.newDetachedCancellationScope(
            () -> {
              if (more) {
                closeAgain(last);
              }
              result = result(last, last.proof() == null ? ending.proof() : last.proof());
              settle();
            })
        .run();
    return result;
  }

  private Ending journey() {
    try {
      while (true) {
        readPolicy();
        emergency.note();
        Optional<Ending> stopped =
            gates
                .pass()
                .or(rules.unlessChanged(emergency::announce))
                .or(rules.unlessChanged(approval::obtain))
                .or(rules.unlessChanged(gates::open))
                .or(rules.unlessChanged(this::takeLease));
        if (stopped.isPresent()) {
          return stopped.get();
        }
        Optional<Change> otherRules = rules.take();
        if (otherRules.isPresent()) {
          lease.giveBackIfHeld();
          approval.voidBecauseOf(otherRules.get());
          continue;
        }
        Reread reread = gates.again(lease.grant(), this::readPolicy);
        if (reread.stopped().isPresent()) {
          approval.voidBecauseOf(reread.stopped().get());
          return reread.stopped().get();
        }
        if (reread.change().none()) {
          return ship();
        }
        lease.giveBack();
        approval.voidBecauseOf(reread.change());
      }
    } catch (TemporalFailure failure) {
      return Causes.isCancel(failure)
          ? cancelled()
          : Ending.of(
              Result.FAILED, "stopped while " + stage.deed() + ": " + Causes.message(failure));
    }
  }

  private Ending cancelled() {
    return Ending.of(Result.CANCELLED, "cancelled while " + stage.deed());
  }

  /** Nor is it the promotion's time while the environment is closed. */
  private boolean waitsForPeople() {
    return !asks.open().isEmpty() || gates.closed();
  }

  private void readPolicy() {
    asks.judgeBy(preflight.readPolicy(), request.requester());
    rules.take();
    limits.watchTotal();
  }

  private Optional<Ending> takeLease() {
    stage.enter("lease");
    timeline.waiting("lease", "queued at the ledger");
    if (!lease.take(
        request.revision(), calledOff::known, () -> desk.keepBody("waiting for its turn"))) {
      return Optional.of(calledOff.ending());
    }
    timeline.done("lease", "number " + lease.number());
    return Optional.empty();
  }

  /** Why nothing more is begun, though the lease is held: its time is up, or it was refused. */
  private Optional<Ending> stopped() {
    return calledOff.refusal().or(limits::totalPassed);
  }

  private Ending ship() {
    if (stopped().isPresent()) {
      return stopped().get();
    }
    // The merge is carried out whatever comes meanwhile; what came before it is heeded.
    if (CancellationScope.current().isCancelRequested()) {
      return cancelled();
    }
    stage.enter("merging");
    triggers.off();
    return merge.carryOut().orElseGet(this::deploy);
  }

  private Ending deploy() {
    if (CancellationScope.current().isCancelRequested()) {
      return Ending.of(
          Result.CANCELLED,
          merge.leftToTheDeploy() == null
              ? "cancelled after the merge; nothing was deployed"
              : "cancelled before the merge");
    }
    if (stopped().isPresent()) {
      Ending why = stopped().get();
      return Ending.of(
          why.result(),
          why.detail()
              + (merge.leftToTheDeploy() == null
                  ? "; merged, and nothing was deployed"
                  : "; nothing was merged"));
    }
    stage.enter("deploying");
    desk.beginDeployment(lease.grant().trail());
    desk.updateBody("deploying");
    Ending ending =
        deploy.carryOut(
            new DeployRequest(
                    Workflow.getInfo().getWorkflowId(),
                    Workflow.getInfo().getFirstExecutionRunId(),
                    request.revision(),
                    merge.commit(),
                    preflight.release().digest(),
                    request.requester(),
                    lease.grant().recorded().live(),
                    lease.grant().recorded().mixed(),
                    preflight.pipeline(),
                    preflight.facts().target(),
                    lease.number(),
                    merge.leftToTheDeploy(),
                    preflight.release().skipped(),
                    request.service(),
                    merge.pushedBefore())
                .migrating(
                    MigrationOrder.beforeTheCode(preflight.release().schema()).orElse(null)));
    merge.learn(ending.deploy());
    return gates.spokenAgainst(ending);
  }

  // ---- the end

  /**
   * @param more whether something comes after the soak, so that this is not its last word
   */
  private void close(Ending ending, boolean more) {
    stage.enter("releasing");
    if (ending.live()) {
      timeline.begin("release");
      sync.carryOut();
    } else {
      timeline.failOpen(ending.detail());
      revert.carryOut(ending);
    }
    if (preflight.pipeline() != null && preflight.release() != null) {
      desk.close(ending, report(ending), ApprovalGate.approvers(preflight.pipeline()));
    }
    // The environment is done with: what is left concerns GitHub alone, so the next one may begin.
    RunReport report = toLedger(ending);
    ledger.say(line -> line.runEnded(more ? report.andGoesOn() : report));
    if (more) {
      lease.reported();
    }
    String done = desk.finish();
    if (ending.live()) {
      timeline.done("release", done);
    }
  }

  /** The last word of a release that was live already, on what came after its soak. */
  private void closeAgain(Ending ending) {
    stage.enter("releasing");
    RunReport report = toLedger(ending);
    ledger.say(line -> line.runEnded(report));
    desk.updateBody(ending.result().word());
    desk.tell(
        ending.live() ? Event.LIVE : Event.FAILED,
        "contract",
        report(ending),
        ending.live() ? List.of() : ApprovalGate.approvers(preflight.pipeline()));
    desk.finish();
  }

  private PromotionResult result(Ending ending, Proof proof) {
    return new PromotionResult(
        Workflow.getInfo().getWorkflowId(),
        request.revision(),
        ending.result(),
        preflight.release() == null ? null : preflight.release().digest(),
        ending.detail(),
        merge.commit(),
        timeline.steps(),
        ending.failures(),
        report(ending),
        proof);
  }

  private String report(Ending ending) {
    return preflight.release() == null
        ? ending.detail()
        : desk.text().report(ending, timeline.steps(), merge.commit());
  }

  private RunReport toLedger(Ending ending) {
    DeployResult deployed = ending.deploy();
    return new RunReport(
            Workflow.getInfo().getWorkflowId(),
            Workflow.getInfo().getFirstExecutionRunId(),
            lease.number(),
            request.revision(),
            ending.result(),
            request.requester(),
            Reason.clip(
                PostedText.line(
                    (request.emergency() ? "emergency, " + request.reason() + ": " : "")
                        + ending.detail())),
            deployed == null ? null : deployed.former(),
            deployed == null ? null : deployed.live(),
            ending.mixed(),
            deployed != null && deployed.quarantine(),
            false,
            Instant.ofEpochMilli(Workflow.currentTimeMillis()),
            deployed == null ? null : deployed.schema())
        .askedBy(asker(), request.automatic())
        .takenBack(revert.pull())
        .by(ending.live() ? SinceLastRelease.now(preflight) : null);
  }

  private String asker() {
    return preflight.pipeline() == null
        ? null
        : Person.nameOf(request.requester(), preflight.pipeline().people());
  }

  // ---- what people and other runs say

  @Override
  public void asked(Ask question) {
    super.asked(question);
    questions.tell(question);
  }

  // The deploy goes back to the last good set; before it and after it nothing is to be undone.
  private void timeIsUp(String sentence) {
    if (stage.name().equals("deploying")) {
      deploy.timeIsUp(sentence);
    }
  }

  @Override
  public void delayed(Delay delay) {
    Workflow.newDetachedCancellationScope(
            () ->
                desk.tell(
                    Event.DELAYED,
                    delay.step(),
                    NoticeText.delay(request, delay),
                    ApprovalGate.approvers(preflight.pipeline())))
        .run();
  }

  @Override
  void heard(Hint hint) {
    if (!rules.heard(hint)) {
      preflight.hinted();
    }
  }

  @Override
  public void ordered(LedgerRecord recorded) {
    gates.ordered(recorded, lease.number());
  }

  @Override
  public void superseded(String byPromotion) {
    if (!lease.held()) {
      successor.named(byPromotion);
    }
  }

  @Override
  public PromotionStatus status() {
    return new StatusView(request.revision(), stage, preflight, asks, timeline)
        .of(approval.card(), desk.pullUrl(), result)
        .askedFor(request);
  }
}
