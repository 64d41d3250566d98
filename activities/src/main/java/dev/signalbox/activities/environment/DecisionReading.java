package dev.signalbox.activities.environment;

import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.RunDecision;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.converter.DataConverter;
import java.util.List;

/** Finds in a run's own history what it has left for its ledger of decisions. */
record DecisionReading(DataConverter converter) {
  /** As the engine names {@link EnvironmentWorkflow#decided}. */
  static final String DECIDED = "decided";

  List<RunDecision> in(List<HistoryEvent> history) {
    return history.stream()
        .filter(HistoryEvent::hasSignalExternalWorkflowExecutionInitiatedEventAttributes)
        .map(HistoryEvent::getSignalExternalWorkflowExecutionInitiatedEventAttributes)
        .filter(signal -> signal.getSignalName().equals(DECIDED))
        .map(signal -> decision(signal.getInput()))
        .toList();
  }

  private RunDecision decision(Payloads input) {
    return converter.fromPayload(input.getPayloads(0), RunDecision.class, RunDecision.class);
  }
}
