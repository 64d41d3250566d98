package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import java.util.List;

/**
 * The ledger's grant, sent to the asking run.
 *
 * @param number grows with every lease; a release with another number changes nothing
 * @param live the last good set: what runs, unless the environment is mixed; null = no record
 * @param mixed whether what runs now is no set that anybody verified
 * @param quarantine what must not be promoted, as of now
 * @param merges merge commits that promotions made, each standing for its revision
 */
public record LeaseGrant(
    String runId,
    long number,
    LiveSet live,
    boolean mixed,
    List<Quarantined> quarantine,
    List<RecordedMerge> merges) {
  public LeaseGrant {
    quarantine = quarantine == null ? List.of() : List.copyOf(quarantine);
    merges = merges == null ? List.of() : List.copyOf(merges);
  }

  /** What the ledger has on record as of now. */
  public LedgerRecord record() {
    return new LedgerRecord(live, quarantine, merges);
  }
}
