package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The ledger's grant, sent to the asking run.
 *
 * @param number grows with every lease; a release with another number changes nothing
 * @param recorded what the ledger has on record about the run's revision, as of now
 * @param trail hash of the newest entry of the history, as of now; null = there is none
 */
public record LeaseGrant(
    String runId,
    long number,
    LedgerRecord recorded,
    @JsonInclude(JsonInclude.Include.NON_NULL) String trail) {
  public LeaseGrant {
    recorded = recorded == null ? LedgerRecord.NONE : recorded;
  }
}
