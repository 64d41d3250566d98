package dev.signalbox.workflows.promotion;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.environment.LedgerRecord;

/**
 * What the ledger hands to a promotion when it starts it.
 *
 * @param revision full 40 hex
 * @param recorded what the ledger had on record about the revision at the start
 * @param service the one that is deployed alone; null = all are
 * @param emergency whether what the policy lists for that is skipped
 * @param automatic whether nobody asked for it: a push or a tag did
 */
public record PromotionRequest(
    String project,
    String environment,
    String revision,
    String requester,
    String reason,
    LedgerRecord recorded,
    String service,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean automatic,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean emergency) {
  public PromotionRequest {
    recorded = recorded == null ? LedgerRecord.NONE : recorded;
  }

  /** One of every service. */
  public PromotionRequest(
      String project,
      String environment,
      String revision,
      String requester,
      String reason,
      LedgerRecord recorded) {
    this(project, environment, revision, requester, reason, recorded, null, false, false);
  }
}
