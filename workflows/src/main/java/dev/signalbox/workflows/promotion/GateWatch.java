package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.environment.LeaseGrant;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.Timeline;
import java.util.Optional;

/**
 * Waits at the gates for as long as time can cure them, and judges the world once more under the
 * lease, immediately before the deed.
 */
final class GateWatch {
  private final String revision;
  private final Preflight preflight;
  private final ReleaseDesk desk;
  private final Timeline timeline;
  private final Stage stage;
  private final CalledOff calledOff;
  private final TimeLimits limits;
  private LedgerRecord recorded;

  GateWatch(
      PromotionRequest request,
      Preflight preflight,
      ReleaseDesk desk,
      Timeline timeline,
      Stage stage,
      CalledOff calledOff,
      TimeLimits limits) {
    this.revision = request.revision();
    this.preflight = preflight;
    this.desk = desk;
    this.timeline = timeline;
    this.stage = stage;
    this.calledOff = calledOff;
    this.limits = limits;
    this.recorded = request.recorded();
  }

  /**
   * Waits until every gate is met.
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
      Optional<Ending> failed = failed("gates");
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
      Optional<Ending> late = limits.checksPassed(preflight.gates());
      if (late.isPresent()) {
        return late;
      }
      preflight.awaitChange(
          revision, recorded, calledOff::known, limits.untilChecksAreLate(preflight.gates()));
    }
  }

  /** What the second look came to: stopped for good, or what is no longer as it was approved. */
  record Reread(Optional<Ending> stopped, Change change) {}

  /** Reads everything again that the approval covered: policy, world, and the ledger's record. */
  Reread again(LeaseGrant grant, Runnable readPolicy) {
    stage.enter("rereading");
    timeline.begin("reread");
    Pipeline approvedPolicy = preflight.pipeline();
    ReleaseSet approved = preflight.release();
    recorded = grant.recorded();
    readPolicy.run();
    preflight.look(revision, recorded);
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
              return Ending.of(Result.FAILED, "gate " + gate.name() + ": " + gate.evidence());
            });
  }
}
