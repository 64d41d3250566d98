package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.ApprovalGate;
import dev.signalbox.workflows.environment.Frozen;
import dev.signalbox.workflows.environment.LeaseGrant;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.environment.StandingOrder;
import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.gate.Gates;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Waits at the gates for as long as time can cure them, and judges the world once more under the
 * lease, immediately before the deed.
 */
final class GateWatch {
  private static final String QUARANTINE = "not-quarantined";
  private static final String OPENING = "opening";
  private static final String LEASE = "lease";
  private static final String MERGING = "merging";

  private final String revision;
  private final Preflight preflight;
  private final ReleaseDesk desk;
  private final Timeline timeline;
  private final Stage stage;
  private final CalledOff calledOff;
  private final TimeLimits limits;
  private final PolicyNews rules;
  private LedgerRecord recorded;
  private boolean tooLate;
  private boolean news;
  private long orderedUnder;
  private boolean closed;
  private StandingOrder overrideTold;

  GateWatch(
      PromotionRequest request,
      Preflight preflight,
      ReleaseDesk desk,
      Timeline timeline,
      Stage stage,
      CalledOff calledOff,
      TimeLimits limits,
      PolicyNews rules) {
    this.revision = request.revision();
    this.preflight = preflight;
    this.desk = desk;
    this.timeline = timeline;
    this.stage = stage;
    this.calledOff = calledOff;
    this.limits = limits;
    this.rules = rules;
    this.recorded = request.recorded();
  }

  /**
   * Waits until every gate is met, or is to be judged by other rules.
   *
   * @return why the promotion stops here; empty when it goes on
   */
  Optional<Ending> pass() {
    stage.enter("gates");
    timeline.begin("gates");
    preflight.look(revision, recorded);
    while (true) {
      // First: what it waited for does not matter to it any more, and a pull request would stay.
      if (calledOff.known()) {
        return Optional.of(calledOff.ending());
      }
      if (rules.changed()) {
        return Optional.empty();
      }
      Optional<Ending> failed = failed("gates");
      if (failed.isPresent()) {
        return failed;
      }
      desk.openPull();
      Optional<GateResult> waiting = preflight.waiting();
      if (waiting.isEmpty()) {
        timeline.done("gates", met());
        return Optional.empty();
      }
      timeline.waiting("gates", waiting.get().name() + ": " + waiting.get().evidence());
      desk.keepBody("waiting");
      Optional<Ending> late = limits.checksPassed(preflight.gates());
      if (late.isPresent()) {
        return late;
      }
      preflight.awaitChange(
          revision,
          recorded,
          () -> calledOff.known() || rules.changed(),
          limits.untilChecksAreLate(preflight.gates()));
    }
  }

  private String met() {
    long met = preflight.gates().stream().filter(gate -> gate.state() == State.MET).count();
    return met
        + " met"
        + preflight
            .closed()
            .map(gate -> ", and before anything is done: " + gate.name() + ", " + gate.evidence())
            .orElse("");
  }

  /**
   * Waits until the environment may be changed. It reads nothing meanwhile: the clock wakes it, and
   * the ledger says when somebody orders something else, or that other rules hold.
   *
   * @return why the promotion stops here; empty when it goes on
   */
  Optional<Ending> open() {
    preflight.judgeAgain(revision, recorded);
    closed = preflight.closed().isPresent();
    if (!closed) {
      tellOverride();
      return Optional.empty();
    }
    stage.enter(OPENING);
    while (closed) {
      GateResult gate = preflight.closed().orElseThrow();
      timeline.waiting(OPENING, gate.name() + ": " + gate.evidence());
      desk.keepBody("waiting for the environment to open");
      news = false;
      awaitNews(preflight.untilOpen());
      if (calledOff.known()) {
        return Optional.of(calledOff.ending());
      }
      if (rules.changed()) {
        closed = false;
        return Optional.empty();
      }
      preflight.judgeAgain(revision, recorded);
      closed = preflight.closed().isPresent();
    }
    timeline.done(OPENING, "open");
    tellOverride();
    return Optional.empty();
  }

  /** Everybody who may approve hears of it, before anything is done. */
  private void tellOverride() {
    Optional<StandingOrder> pass =
        new Frozen(
                recorded.standing(),
                preflight.pipeline().environment().times().freezes(),
                Instant.ofEpochMilli(Workflow.currentTimeMillis()))
            .passedBy(Workflow.getInfo().getWorkflowId());
    if (pass.isPresent() && !pass.get().equals(overrideTold)) {
      overrideTold = pass.get();
      desk.tell(
          Event.OVERRIDDEN,
          "override-" + pass.get().since(),
          NoticeText.override(revision, preflight.pipeline().environment().name(), pass.get()),
          ApprovalGate.approvers(preflight.pipeline()));
    }
  }

  private void awaitNews(Duration longest) {
    if (longest == null) {
      Workflow.await(this::hasNews);
    } else if (longest.compareTo(Duration.ZERO) > 0) {
      Workflow.await(longest, this::hasNews);
    }
  }

  private boolean hasNews() {
    return news || calledOff.known() || rules.changed();
  }

  /** Whether it waits for the environment to open. */
  boolean closed() {
    return closed;
  }

  /**
   * The ledger's word that people have ordered something else.
   *
   * @param lease number of the one that is held; 0 = none is
   */
  void ordered(LedgerRecord now, long lease) {
    recorded = now;
    orderedUnder = lease;
    news = true;
    boolean waiting = stage.waits() || stage.name().equals(LEASE);
    if (!waiting && !stage.name().equals(MERGING)) {
      tooLate = true;
      return;
    }
    preflight.judgeAgain(revision, recorded);
    Optional<GateResult> bad =
        preflight.first(State.FAILED).filter(gate -> gate.name().equals(QUARANTINE));
    if (bad.isPresent()) {
      // Nothing that is waited for cures it: nobody is to say a yes that cannot count.
      calledOff.refuse(waiting ? failed(stage.name()).orElseThrow() : stopped(bad.get()));
    }
  }

  /** How a release ended, with what was said against it when it was too late to stop it. */
  Ending spokenAgainst(Ending ending) {
    return ending.live() && tooLate
        ? Gates.quarantined(preflight.pipeline(), revision, recorded, preflight.facts())
            .map(
                bad ->
                    ending.with(
                        ending.detail()
                            + "; but meanwhile "
                            + bad.evidence()
                            + "; `signalbox rollback "
                            + preflight.pipeline().environment().name()
                            + "` goes back from it"))
            .orElse(ending)
        : ending;
  }

  /** What the second look came to: stopped for good, or what is no longer as it was approved. */
  record Reread(Optional<Ending> stopped, Change change) {}

  /** Reads everything again that the approval covered: policy, world, and the ledger's record. */
  Reread again(LeaseGrant grant, Runnable readPolicy) {
    stage.enter("rereading");
    timeline.begin("reread");
    Pipeline approvedPolicy = preflight.pipeline();
    ReleaseSet approved = preflight.release();
    if (orderedUnder != grant.number()) {
      recorded = grant.recorded();
    }
    news = false;
    readPolicy.run();
    preflight.look(revision, recorded);
    if (news) {
      // The look was judged by what was ordered when it began.
      preflight.judgeAgain(revision, recorded);
    }
    Optional<Ending> failed = failed("reread");
    if (failed.isPresent()) {
      return new Reread(failed, null);
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
    return new Reread(Optional.empty(), change);
  }

  private Optional<Ending> failed(String step) {
    return preflight
        .first(State.FAILED)
        .map(
            gate -> {
              timeline.failed(step, null, gate.name() + ": " + gate.evidence());
              return stopped(gate);
            });
  }

  private static Ending stopped(GateResult gate) {
    return Ending.of(Result.FAILED, "gate " + gate.name() + ": " + gate.evidence());
  }
}
