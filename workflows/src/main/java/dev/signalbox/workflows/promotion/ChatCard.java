package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.notify.Card;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.notify.NotifyActivities.CardOrder;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.function.Supplier;

/**
 * A card at chat that is kept up to date: changed when what it says has changed, and at no other
 * time, so that a wait of weeks costs nothing. Where it could not be shown, that stands in the
 * timeline and the run goes on.
 */
final class ChatCard {
  private final String project;
  private final String ask;
  private final String marker;
  private final Supplier<Card> now;
  private final Timeline timeline;
  private String place;
  private boolean closed;

  /**
   * @param marker recognises our own
   * @param now the card as it would be shown at this moment
   */
  ChatCard(String project, String ask, String marker, Supplier<Card> now, Timeline timeline) {
    this.project = project;
    this.ask = ask;
    this.marker = marker;
    this.now = now;
    this.timeline = timeline;
  }

  /** Whether this is what people read of an ask. */
  boolean shows(String other) {
    return !closed && ask.equals(other);
  }

  /** Nothing that comes later changes it: {@link #keep} ends. */
  void close() {
    closed = true;
  }

  /** Shows it and every change, until it is closed; a cancel of the run does not keep that. */
  void keep() {
    Workflow.newDetachedCancellationScope(
            () -> {
              while (true) {
                Card shown = now.get();
                show(shown);
                Workflow.await(() -> closed || !shown.equals(now.get()));
                if (shown.equals(now.get())) {
                  return;
                }
              }
            })
        .run();
  }

  private void show(Card card) {
    try {
      place =
          Workflow.newActivityStub(
                  NotifyActivities.class,
                  ActivityProfiles.optional(new TaskQueues(project).notices(), "card: " + ask))
              .showCard(new CardOrder(project, marker, place, card));
    } catch (ActivityFailure failure) {
      timeline.failed("notice", null, Causes.message(failure));
    }
  }
}
