package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.health.Proof;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.railway.DeploymentFailure;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.ChildWorkflowFailure;
import java.util.List;
import java.util.Optional;

/**
 * Why a promotion's journey ended.
 *
 * @param deploy how the deploy ended; null when none was started, or when its result is lost
 * @param mixed whether something was changed and what runs now could not be established
 */
record Ending(Result result, String detail, DeployResult deploy, boolean mixed) {

  static Ending of(Result result, String detail) {
    return new Ending(result, detail, null, false);
  }

  static Ending of(DeployResult deploy) {
    return new Ending(deploy.result(), deploy.detail(), deploy, deploy.mixed());
  }

  /** The deploy ended without a result, so nobody can say how far it came. */
  static Ending lost(ChildWorkflowFailure failure) {
    boolean begun = !(failure.getCause() instanceof WorkflowExecutionAlreadyStarted);
    return new Ending(
        Result.FAILED, "the deploy could not run: " + Causes.message(failure), null, begun);
  }

  /** The same in other words. */
  Ending with(String words) {
    return new Ending(result, words, deploy, mixed);
  }

  boolean live() {
    return result == Result.LIVE;
  }

  List<String> evidence() {
    return deploy == null ? List.of() : deploy.evidence();
  }

  List<DeploymentFailure> failures() {
    return deploy == null ? List.of() : deploy.failures();
  }

  /** What it was verified by; null when nothing was. */
  Proof proof() {
    return deploy == null ? null : deploy.proof();
  }

  /** What people are told of it; a no and a cancel are known to those who said them. */
  Optional<Event> event() {
    return switch (result) {
      case LIVE -> Optional.of(Event.LIVE);
      case ROLLED_BACK -> Optional.of(Event.ROLLED_BACK);
      case FAILED, TIMED_OUT -> Optional.of(Event.FAILED);
      case REJECTED, CANCELLED, SUPERSEDED, WAITING -> Optional.empty();
    };
  }
}
