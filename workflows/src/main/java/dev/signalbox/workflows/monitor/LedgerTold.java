package dev.signalbox.workflows.monitor;

import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.LedgerLine;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What an incident tells its environment's ledger, beside whatever else it does. An environment
 * that was never deployed to may have none, and then its incident ends all the same.
 */
final class LedgerTold {
  /** The engine keeps what it took: longer than this only a ledger is away that there is not. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final LedgerLine line;
  private int underWay;

  LedgerTold(String project, String environment) {
    this.line = new LedgerLine(project, environment);
  }

  void tell(Consumer<EnvironmentWorkflow> news) {
    underWay++;
    Async.procedure(() -> say(news));
  }

  private void say(Consumer<EnvironmentWorkflow> news) {
    CancellationScope saying = Workflow.newCancellationScope(() -> line.say(news));
    Async.procedure(
        () -> {
          if (!Workflow.await(PATIENCE, () -> underWay == 0)) {
            saying.cancel();
          }
        });
    try {
      saying.run();
    } catch (CanceledFailure nobodyThere) {
      Workflow.getLogger(LedgerTold.class).warn("there is no ledger to be told");
    } finally {
      underWay--;
    }
  }

  /** Whether all of it is told, or nobody is there. */
  boolean quiet() {
    return underWay == 0;
  }
}
