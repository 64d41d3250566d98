package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.ApprovalGate;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.plan.PlanReport.RollbackOutlook;
import dev.signalbox.workflows.plan.WayBack;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.Timeline;
import java.util.List;
import java.util.Optional;

/** Puts the card before the people who may say yes, and waits; for weeks, at no cost. */
final class ApprovalStep {
  private final AskedApproval approval;
  private final Preflight preflight;
  private final ReleaseDesk desk;
  private final Timeline timeline;
  private final Stage stage;
  private final CalledOff calledOff;
  private final PolicyNews rules;
  private List<String> changes = List.of();
  private String card;

  ApprovalStep(
      AskedApproval approval,
      Preflight preflight,
      ReleaseDesk desk,
      Timeline timeline,
      Stage stage,
      CalledOff calledOff,
      PolicyNews rules) {
    this.approval = approval;
    this.preflight = preflight;
    this.desk = desk;
    this.timeline = timeline;
    this.stage = stage;
    this.calledOff = calledOff;
    this.rules = rules;
  }

  /** The card as Markdown; null until approval was wanted. */
  String card() {
    return card;
  }

  /**
   * Waits for the people's yes to exactly this release, unless none is needed or they gave it; by
   * other rules they are asked again.
   *
   * @return why the promotion stops here; empty when it goes on
   */
  Optional<Ending> obtain() {
    ReleaseSet release = preflight.release();
    if (!ApprovalGate.wanted(preflight.pipeline(), release)) {
      timeline.skipped("approval", null, "none needed");
      return Optional.empty();
    }
    if (preflight.skipsApproval() && !release.first() && release.schemaToBeApproved().isEmpty()) {
      timeline.skipped("approval", null, preflight.emergency().words());
      return Optional.empty();
    }
    if (approval.gate().givenFor(release)) {
      return Optional.empty();
    }
    Ask ask = approval.gate().open(preflight.pipeline(), release, preflight.facts().release());
    stage.asks(ask);
    List<String> checklist = ask.points().isEmpty() ? List.of() : points();
    card =
        desk.text()
                .card(
                    preflight.gates(),
                    ask.whose(),
                    changes,
                    wayBack(release),
                    ConfigurationText.parts(preflight))
            + RunText.toTick(desk.text().id(), checklist);
    return judge(approval.await(ask, story(release), () -> calledOff.known() || rules.changed()));
  }

  private AskedApproval.Story story(ReleaseSet release) {
    return new AskedApproval.Story(
        "Approval wanted: "
            + release.shortRevision()
            + " to "
            + preflight.pipeline().environment().name(),
        new ReleaseParts(desk.text(), preflight, desk.pullUrl())
            .of(preflight.gates(), changes, wayBack(release)),
        card);
  }

  private List<String> points() {
    return preflight.pipeline().environment().approvals().checklist();
  }

  private RollbackOutlook wayBack(ReleaseSet release) {
    return preflight.facts().target() == null
        ? null
        : WayBack.toWhatRuns(preflight.pipeline(), preflight.facts().target(), release.schema());
  }

  private Optional<Ending> judge(ApprovalGate.Verdict verdict) {
    return switch (verdict.outcome()) {
      case APPROVED -> Optional.empty();
      case REJECTED, EXPIRED -> {
        timeline.failed("approval", null, verdict.sentence());
        yield Optional.of(Ending.of(Result.REJECTED, verdict.sentence()));
      }
      case GIVEN_UP -> calledOff.known() ? Optional.of(calledOff.ending()) : Optional.empty();
    };
  }

  /** It is stopped for good after the yes, which nobody is to take for one to what comes next. */
  void voidBecauseOf(Ending stopped) {
    if (approval.asked()) {
      approval.voidBecauseOf(stopped.detail());
    }
  }

  /** What was approved is so no longer: the next card says what changed. */
  void voidBecauseOf(Change change) {
    changes = change.lines();
    if (change.voidsApproval()) {
      approval.voidBecauseOf(change.sentence());
    }
  }
}
