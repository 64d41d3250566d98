package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import java.util.List;

/**
 * What an environment's ledger has on record that gates judge by.
 *
 * @param live what runs; null = no record, or the environment is mixed
 * @param quarantine what must not be promoted
 * @param merges merge commits that promotions made, each standing for its revision; oldest first
 */
public record LedgerRecord(LiveSet live, List<Quarantined> quarantine, List<RecordedMerge> merges) {
  public static final LedgerRecord NONE = new LedgerRecord(null, null, null);

  public LedgerRecord {
    quarantine = quarantine == null ? List.of() : List.copyOf(quarantine);
    merges = merges == null ? List.of() : List.copyOf(merges);
  }

  /** The merge commits that stand for this revision here, oldest first. */
  public List<String> standIns(String revision) {
    return merges.stream()
        .filter(merge -> merge.revision().equals(revision))
        .map(RecordedMerge::mergeCommit)
        .toList();
  }
}
