package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.environment.LedgerRecord;

/**
 * A commit's migrations wanted by hand, without a deploy.
 *
 * @param revision the commit whose revisions run, 40 hex
 * @param recorded what the ledger had on record when it was asked for; read again with the lease
 */
public record MigrationRunRequest(
    String project,
    String environment,
    String revision,
    LedgerRecord recorded,
    String requester,
    String reason) {
  public MigrationRunRequest {
    recorded = recorded == null ? LedgerRecord.NONE : recorded;
  }
}
