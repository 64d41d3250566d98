package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.AnswerableWorkflow;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;

/**
 * What {@code why} says of a run, for who looks at it in the Temporal UI (tab User Metadata). They
 * are no part of the history; the UI asks a live worker for them.
 */
public final class CurrentDetails {
  private CurrentDetails() {}

  /** Keeps them as its status is, until it ends, cancelled or not. */
  public static void follow(AnswerableWorkflow run) {
    Workflow.newDetachedCancellationScope(() -> Async.procedure(CurrentDetails::keep, run)).run();
  }

  // It ends with its workflow.
  private static void keep(AnswerableWorkflow run) {
    while (true) {
      PromotionStatus shown = run.status();
      Workflow.setCurrentDetails(WhyText.markdown(shown));
      // Looked at whenever anything moves, so the status is compared and not its text.
      Workflow.await(() -> !run.status().equals(shown));
    }
  }
}
