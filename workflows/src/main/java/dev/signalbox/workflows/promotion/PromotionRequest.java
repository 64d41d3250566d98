package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.environment.RecordedMerge;
import java.util.List;

/**
 * What the ledger hands to a promotion when it starts it.
 *
 * @param revision full 40 hex
 * @param live what the ledger recorded as running; null = no record
 * @param quarantine what must not be promoted
 * @param merges merge commits that this environment's ledger recorded, each standing for its
 *     revision
 */
public record PromotionRequest(
    String project,
    String environment,
    String revision,
    String requester,
    String reason,
    LiveSet live,
    List<Quarantined> quarantine,
    List<RecordedMerge> merges) {
  public PromotionRequest {
    quarantine = quarantine == null ? List.of() : List.copyOf(quarantine);
    merges = merges == null ? List.of() : List.copyOf(merges);
  }

  /** What the ledger had on record at the start. */
  public LedgerRecord record() {
    return new LedgerRecord(live, quarantine, merges);
  }
}
