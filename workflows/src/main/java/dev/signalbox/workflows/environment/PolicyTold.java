package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.hint.HintedWorkflow;
import dev.signalbox.workflows.promotion.MigrationRunWorkflow;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import dev.signalbox.workflows.promotion.RestoreRunWorkflow;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/**
 * Passes on to the runs that wait for people that {@code signalbox.toml} may say something else.
 */
final class PolicyTold {
  private final Ledger ledger;

  PolicyTold(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Who holds the environment goes by what it read with the lease. */
  void tell(Hint hint) {
    List<Promise<Void>> told = new ArrayList<>();
    for (OpenRun run : ledger.waiting()) {
      if (asks(run.workflowId())) {
        told.add(Async.procedure(() -> tell(run.workflowId(), hint)));
      }
    }
    Promise.allOf(told).get();
  }

  private boolean asks(String id) {
    return PromotionWorkflow.isId(id)
        || id.equals(MigrationRunWorkflow.id(ledger.project(), ledger.environment()))
        || id.equals(RestoreRunWorkflow.id(ledger.project(), ledger.environment()));
  }

  private static void tell(String id, Hint hint) {
    try {
      Workflow.newUntypedExternalWorkflowStub(id).signal(HintedWorkflow.HINT, hint);
    } catch (SignalExternalWorkflowException | ApplicationFailure closed) {
      Workflow.getLogger(PolicyTold.class).info("not told, it has ended workflow={}", id);
    }
  }
}
