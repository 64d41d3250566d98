package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.environment.LedgerRecord;

/**
 * What the ledger hands to a promotion when it starts it.
 *
 * @param revision full 40 hex
 * @param recorded what the ledger had on record about the revision at the start
 */
public record PromotionRequest(
    String project,
    String environment,
    String revision,
    String requester,
    String reason,
    LedgerRecord recorded) {
  public PromotionRequest {
    recorded = recorded == null ? LedgerRecord.NONE : recorded;
  }
}
