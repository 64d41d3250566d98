package dev.signalbox.workflows.promotion;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.environment.LedgerRecord;

/**
 * A commit's migrations wanted by hand, without a deploy.
 *
 * @param revision the commit whose revisions run, 40 hex
 * @param recorded what the ledger had on record when it was asked for; read again with the lease
 * @param downTo revisions are taken back instead, until the database names this one; null = they
 *     are run
 */
public record MigrationRunRequest(
    String project,
    String environment,
    String revision,
    LedgerRecord recorded,
    String requester,
    String reason,
    @JsonInclude(JsonInclude.Include.NON_NULL) String downTo) {
  public MigrationRunRequest {
    recorded = recorded == null ? LedgerRecord.NONE : recorded;
  }
}
