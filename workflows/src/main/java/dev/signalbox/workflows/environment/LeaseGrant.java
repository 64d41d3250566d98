package dev.signalbox.workflows.environment;

/**
 * The ledger's grant, sent to the asking run.
 *
 * @param number grows with every lease; a release with another number changes nothing
 * @param recorded what the ledger has on record about the run's revision, as of now
 */
public record LeaseGrant(String runId, long number, LedgerRecord recorded) {
  public LeaseGrant {
    recorded = recorded == null ? LedgerRecord.NONE : recorded;
  }
}
