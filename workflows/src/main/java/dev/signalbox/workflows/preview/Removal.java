package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.railway.PreviewActivities.Removed;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** A removal that is tried for however long Railway refuses; a person is told of each refusal. */
final class Removal {
  private static final Duration SHORTEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final PreviewOrders orders;
  private final Functions.Func<Removed> attempt;

  Removal(PreviewOrders orders, Functions.Func<Removed> attempt) {
    this.orders = orders;
    this.attempt = attempt;
  }

  /** Whoever cancels the run of a preview wants it gone. */
  static void onCancel(PreviewOrders orders) {
    var unused =
        CancellationScope.current()
            .getCancellationRequest()
            .thenApply(
                reason -> {
                  orders.destroy(new PreviewOrder(null, PreviewOrder.Kind.DESTROY, null, reason));
                  return reason;
                });
  }

  Removed carryOut(Consumer<String> refusal) {
    Duration pause = SHORTEST_PAUSE;
    while (true) {
      try {
        return attempt.apply();
      } catch (ActivityFailure refused) {
        refusal.accept(Causes.message(refused));
      }
      Instant next = now().plus(pause);
      int asked = orders.askedToDestroy();
      Workflow.await(pause, () -> orders.askedToDestroy() > asked || now().isAfter(next));
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
