package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.AnswerableWorkflow;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;

/**
 * What {@code why} says of a run, for who looks at it in the Temporal UI (tab User Metadata). They
 * are no part of the history; the UI asks a live worker for them.
 */
public final class CurrentDetails {
  private final AnswerableWorkflow run;
  private PromotionStatus seen;
  private PromotionStatus shown;

  private CurrentDetails(AnswerableWorkflow run) {
    this.run = run;
  }

  /** Keeps them as its status is, until it ends, cancelled or not. */
  public static void follow(AnswerableWorkflow run) {
    CurrentDetails details = new CurrentDetails(run);
    Workflow.newDetachedCancellationScope(() -> Async.procedure(details::keep)).run();
  }

  // It ends with its workflow. A look is all that it does: a thread that wakes up has every other
  // thread of the run look once more whether it can go on.
  private void keep() {
    Workflow.await(
        () -> {
          look();
          return false;
        });
  }

  // Looked at whenever anything moves, which is mostly a step that the text does not speak of.
  private void look() {
    PromotionStatus now = run.status();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    PromotionStatus brief = now.brief();
    if (!brief.equals(shown)) {
      shown = brief;
      Workflow.setCurrentDetails(WhyText.markdown(brief));
    }
  }
}
