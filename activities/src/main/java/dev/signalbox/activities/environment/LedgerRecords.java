package dev.signalbox.activities.environment;

import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.LedgerRecord;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.util.Optional;

/** Asks the ledgers of one project what they have on record. */
public final class LedgerRecords {
  private final WorkflowClient client;

  public LedgerRecords(WorkflowClient client) {
    this.client = client;
  }

  /** Empty when the environment has no ledger. */
  public Optional<LedgerRecord> of(String project, String environment) {
    try {
      return Optional.of(
          client
              .newUntypedWorkflowStub(EnvironmentWorkflow.id(project, environment))
              .query("record", LedgerRecord.class));
    } catch (WorkflowNotFoundException noLedger) {
      return Optional.empty();
    }
  }
}
