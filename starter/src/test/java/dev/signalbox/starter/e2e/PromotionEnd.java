package dev.signalbox.starter.e2e;

import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How a promotion ended, heard from the engine: a worker that is asked has long forgotten a run
 * that ended, and reads its whole history to answer.
 */
final class PromotionEnd {
  private PromotionEnd() {}

  /** Waits for it; empty = it is no promotion, it was cancelled, or it has not ended in time. */
  static Optional<PromotionResult> heard(WorkflowClient engine, String id) {
    if (!PromotionWorkflow.isId(id)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          engine
              .newUntypedWorkflowStub(id)
              .getResult(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS, PromotionResult.class));
    } catch (WorkflowFailedException | TimeoutException withoutResult) {
      return Optional.empty();
    }
  }
}
