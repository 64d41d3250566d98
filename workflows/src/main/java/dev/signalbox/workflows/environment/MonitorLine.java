package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.environment.LedgerStatus.Holder;
import dev.signalbox.workflows.monitor.Doings;
import dev.signalbox.workflows.monitor.HealthMonitorWorkflow;
import dev.signalbox.workflows.monitor.MonitorRun;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;

/**
 * Tells the monitor's run that is under way what we ourselves do here. A run that has ended hears
 * nothing: the next one says that it has begun, and is told then.
 */
final class MonitorLine {
  private final Ledger ledger;
  private MonitorRun toldTo;
  private Doings told;

  MonitorLine(Ledger ledger) {
    this.ledger = ledger;
  }

  boolean hasNews() {
    MonitorRun run = ledger.clockwork().monitor();
    return run != null && !(run.equals(toldTo) && doings().equals(told));
  }

  void tell() {
    if (!hasNews()) {
      return;
    }
    toldTo = ledger.clockwork().monitor();
    told = doings();
    try {
      Workflow.newExternalWorkflowStub(
              HealthMonitorWorkflow.class,
              WorkflowExecution.newBuilder()
                  .setWorkflowId(toldTo.workflowId())
                  .setRunId(toldTo.runId())
                  .build())
          .doings(told);
    } catch (SignalExternalWorkflowException | ApplicationFailure ended) {
      Workflow.getLogger(MonitorLine.class).info("no monitor hears run={}", toldTo.runId());
    }
  }

  private Doings doings() {
    LiveSet live = ledger.running().live();
    Holder holder = ledger.holder();
    return new Doings(live == null ? null : live.since(), holder == null ? null : holder.since());
  }
}
