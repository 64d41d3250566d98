package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.migration.RecordedSchema;
import java.util.List;

/**
 * What an environment's ledger has on record that gates judge one commit by; bounded, however long
 * the ledger lives.
 *
 * @param live the last good set: what runs, unless {@code mixed}; null = no record
 * @param mixed whether what runs now is no set that anybody verified
 * @param quarantine the commit's own entry, when it must not be promoted; for a run that waits also
 *     the newest that people ordered
 * @param merges the commit as a merge that a promotion made, and the merges that stand for it;
 *     oldest first
 * @param orders what people have ordered of the environment; null = nothing
 * @param schema where the last run that had to do with the database left it; null = none is known
 * @param released by which rules the last release went live; null = that is not on record
 */
public record LedgerRecord(
    LiveSet live,
    boolean mixed,
    List<Quarantined> quarantine,
    List<RecordedMerge> merges,
    @JsonInclude(JsonInclude.Include.NON_NULL) StandingOrders orders,
    @JsonInclude(JsonInclude.Include.NON_NULL) RecordedSchema schema,
    @JsonInclude(JsonInclude.Include.NON_NULL) ReleasedAs released) {
  public static final LedgerRecord NONE = new LedgerRecord(null, false, null, null);

  public LedgerRecord {
    quarantine = quarantine == null ? List.of() : List.copyOf(quarantine);
    merges = merges == null ? List.of() : List.copyOf(merges);
  }

  /** One of an environment of which nobody has ordered anything, and where no run migrated. */
  public LedgerRecord(
      LiveSet live, boolean mixed, List<Quarantined> quarantine, List<RecordedMerge> merges) {
    this(live, mixed, quarantine, merges, null, null);
  }

  /** One of an environment of whose releases nothing is known. */
  public LedgerRecord(
      LiveSet live,
      boolean mixed,
      List<Quarantined> quarantine,
      List<RecordedMerge> merges,
      StandingOrders orders,
      RecordedSchema schema) {
    this(live, mixed, quarantine, merges, orders, schema, null);
  }

  /** The same with these in quarantine. */
  LedgerRecord quarantining(List<Quarantined> entries) {
    return new LedgerRecord(live, mixed, entries, merges, orders, schema, released);
  }

  /** What people have ordered of the environment. */
  public StandingOrders standing() {
    return orders == null ? StandingOrders.NONE : orders;
  }

  /** What runs; null when there is no record of it, or when it is mixed. */
  public LiveSet running() {
    return mixed ? null : live;
  }

  /** Where the database stands, as far as that is on record. */
  public RecordedSchema place() {
    if (schema != null) {
      return schema;
    }
    return running() == null
        ? RecordedSchema.nothing()
        : RecordedSchema.ofLive(running().revision());
  }

  /** The merge commits that stand for this revision here, oldest first. */
  public List<String> standIns(String revision) {
    return merges.stream()
        .filter(merge -> merge.revision().equals(revision))
        .map(RecordedMerge::mergeCommit)
        .toList();
  }
}
