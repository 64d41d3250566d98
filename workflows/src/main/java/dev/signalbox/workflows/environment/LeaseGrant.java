package dev.signalbox.workflows.environment;

/** The ledger's grant, sent to the asking run. */
public record LeaseGrant(
    String workflowId, String runId, long number, LiveSet live, String refusal) {
  /** Whether the lease was refused for good, with the reason in {@code refusal}. */
  public boolean refused() {
    return refusal != null;
  }
}
