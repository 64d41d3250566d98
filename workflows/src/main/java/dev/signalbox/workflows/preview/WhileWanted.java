package dev.signalbox.workflows.preview;

import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.function.Supplier;

/** A step that is called off once nobody wants its result any more. */
final class WhileWanted<T> {
  private final Functions.Func<T> step;
  private Promise<T> answer;

  WhileWanted(Functions.Func<T> step) {
    this.step = step;
  }

  /**
   * What it answers; called off or not, its end is waited for.
   *
   * @throws io.temporal.failure.TemporalFailure as the step does
   */
  T unless(Supplier<Boolean> unwanted) {
    CancellationScope scope = Workflow.newCancellationScope(() -> answer = Async.function(step));
    scope.run();
    Workflow.await(() -> answer.isCompleted() || unwanted.get());
    if (!answer.isCompleted()) {
      scope.cancel("superseded");
    }
    return answer.get();
  }
}
