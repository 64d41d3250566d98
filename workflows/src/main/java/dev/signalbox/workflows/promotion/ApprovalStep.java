package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.ApprovalGate;
import dev.signalbox.workflows.approval.ApprovalGate.Tick;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.plan.PlanReport.RollbackOutlook;
import dev.signalbox.workflows.plan.WayBack;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.Timeline;
import java.util.List;
import java.util.Optional;

/** Puts the card before the people who may say yes, and waits; for weeks, at no cost. */
final class ApprovalStep {
  private final ApprovalGate approval;
  private final Asks asks;
  private final Preflight preflight;
  private final ReleaseDesk desk;
  private final Timeline timeline;
  private final Stage stage;
  private final CalledOff calledOff;
  private List<String> changes = List.of();
  private String card;
  private ApprovalCard shown;

  ApprovalStep(
      Asks asks,
      Preflight preflight,
      ReleaseDesk desk,
      Timeline timeline,
      Stage stage,
      CalledOff calledOff) {
    this.approval = new ApprovalGate(asks);
    this.asks = asks;
    this.preflight = preflight;
    this.desk = desk;
    this.timeline = timeline;
    this.stage = stage;
    this.calledOff = calledOff;
  }

  /** The card as Markdown; null until approval was wanted. */
  String card() {
    return card;
  }

  /**
   * Waits for the people's yes to exactly this release, unless none is needed or they gave it.
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
    if (approval.givenFor(release)) {
      return Optional.empty();
    }
    Ask ask = approval.open(preflight.pipeline(), release, preflight.facts().release());
    stage.asks(ask);
    List<String> checklist = ask.points().isEmpty() ? List.of() : points();
    card =
        desk.text().card(preflight.gates(), ask.whose(), changes, wayBack(release))
            + desk.text().toTick(checklist);
    timeline.waiting("approval", "by " + ask.whose());
    for (int at = 0; at < checklist.size(); at++) {
      timeline.waiting(PromotionText.POINT + (at + 1), checklist.get(at));
    }
    ApprovalCard chat =
        new ApprovalCard(
            desk.text().id(),
            ask,
            "Approval wanted: "
                + release.shortRevision()
                + " to "
                + preflight.pipeline().environment().name(),
            desk.pullUrl(),
            new ReleaseParts(desk.text(), preflight, desk.pullUrl())
                .of(preflight.gates(), changes, wayBack(release)));
    shown = chat;
    desk.showCard(ask.id(), () -> chat.card(asks));
    desk.tell(Event.APPROVAL_WANTED, ask.id(), card, ask.asked());
    ApprovalGate.Verdict verdict = approval.await(ask, calledOff::known, new ApprovalNudges(desk));
    chat.decided(verdict);
    for (int at = 0; at < verdict.ticks().size(); at++) {
      Tick tick = verdict.ticks().get(at);
      timeline.done(
          PromotionText.POINT + (at + 1),
          checklist.get(at) + ": by " + tick.person() + ", " + Moments.text(tick.at()));
    }
    return judge(verdict);
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
      case APPROVED -> {
        timeline.done("approval", verdict.sentence());
        yield Optional.empty();
      }
      case REJECTED, EXPIRED -> {
        timeline.failed("approval", null, verdict.sentence());
        yield Optional.of(Ending.of(Result.REJECTED, verdict.sentence()));
      }
      case GIVEN_UP -> Optional.of(calledOff.ending());
    };
  }

  /** What was approved is so no longer: the next card says what changed. */
  void voidBecauseOf(Change change) {
    changes = change.lines();
    if (change.voidsApproval()) {
      approval.voided();
      if (shown != null) {
        shown.voidBecauseOf(change.sentence());
      }
      timeline.skipped("approval-void", null, change.sentence());
    }
  }
}
