package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.ApprovalGate;
import dev.signalbox.workflows.approval.ApprovalGate.Tick;
import dev.signalbox.workflows.approval.ApprovalGate.Verdict;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.approval.Cancels;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.notify.Card.Part;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.failure.TemporalFailure;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * An approval as people meet it, whatever is approved: a card at chat, a notice, reminders, further
 * people when it takes too long, and the verdict on the card and in the timeline.
 */
final class AskedApproval {
  private final Asks asks;
  private final Cancels cancels;
  private final NoticeBoard board;
  private final Timeline timeline;
  private final String prefix;
  private final ApprovalGate gate;
  private ApprovalCard shown;

  /**
   * @param prefix of its steps: one run may ask for several things
   */
  AskedApproval(Asks asks, Cancels cancels, NoticeBoard board, Timeline timeline, String prefix) {
    this.asks = asks;
    this.cancels = cancels;
    this.board = board;
    this.timeline = timeline;
    this.prefix = prefix;
    this.gate = new ApprovalGate(asks);
  }

  /**
   * What people read before they answer.
   *
   * @param title the card's first line
   * @param parts of the card
   * @param markdown the same where it is told as a text
   */
  record Story(String title, List<Part> parts, String markdown) {}

  ApprovalGate gate() {
    return gate;
  }

  /**
   * Puts it before the people who may say yes, and waits; for weeks, at no cost.
   *
   * @param ask opened by {@link #gate}
   */
  Verdict await(Ask ask, Story story, BooleanSupplier giveUp) {
    timeline.waiting(prefix + "approval", "by " + ask.whose());
    List<String> points = asks.unticked(ask).stream().map(Ask::text).toList();
    for (int at = 0; at < points.size(); at++) {
      timeline.waiting(point(at), points.get(at));
    }
    ApprovalCard card = new ApprovalCard(ask, story.title(), board.link(), story.parts());
    shown = card;
    board.showCard(ask.id(), () -> card.card(asks));
    Verdict verdict = verdict(ask, story, giveUp, card);
    card.decided(verdict);
    for (int at = 0; at < verdict.ticks().size(); at++) {
      Tick tick = verdict.ticks().get(at);
      timeline.done(
          point(at), points.get(at) + ": by " + tick.person() + ", " + Moments.text(tick.at()));
    }
    if (verdict.outcome() == ApprovalGate.Outcome.APPROVED) {
      timeline.done(prefix + "approval", verdict.sentence());
    }
    return verdict;
  }

  private Verdict verdict(Ask ask, Story story, BooleanSupplier giveUp, ApprovalCard card) {
    try {
      asks.sight().posting(ask);
      board.tell(Event.APPROVAL_WANTED, ask.id(), story.markdown(), ask.asked());
      asks.sight().posted(ask);
      return gate.await(ask, giveUp, new ApprovalNudges(board));
    } catch (TemporalFailure failure) {
      card.stopped(
          Causes.isCancel(failure)
              ? cancels.signed("cancelled " + ApprovalCard.WAITING)
              : "stopped " + ApprovalCard.WAITING);
      throw failure;
    }
  }

  private String point(int at) {
    return prefix + PromotionText.POINT + (at + 1);
  }

  /** Whether anybody was asked. */
  boolean asked() {
    return shown != null;
  }

  /** What was approved is so no longer. */
  void voidBecauseOf(String change) {
    gate.voided(change);
    if (shown != null) {
      shown.voidBecauseOf(change);
    }
    timeline.skipped(prefix + "approval-void", null, change);
  }
}
