package dev.signalbox.workflows;

import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.workflow.Workflow;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

/**
 * Drops what comes without its object, as Temporal's UI sends a signal from an empty form: between
 * our own workflows nothing is said like that, and a workflow that fails over it is stuck for ever.
 * What people say goes through all the same, because it is recorded as refused.
 */
public final class EmptySignals extends WorkerInterceptorBase {
  private static final Set<String> OF_PEOPLE = Set.of("approve", "reject", "resolve", "withdraw");

  @Override
  public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
    return new WorkflowInboundCallsInterceptorBase(next) {
      @Override
      public void handleSignal(SignalInput signal) {
        if (OF_PEOPLE.contains(signal.getSignalName())
            || Arrays.stream(signal.getArguments()).noneMatch(Objects::isNull)) {
          super.handleSignal(signal);
          return;
        }
        Workflow.getLogger(EmptySignals.class)
            .warn(
                "signal without its object, ignored: {} to {}",
                signal.getSignalName(),
                Workflow.getInfo().getWorkflowId());
      }
    };
  }
}
