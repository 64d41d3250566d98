package dev.signalbox.starter.cli;

import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.SchemaNote;
import dev.signalbox.workflows.release.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What runs have done to a schema, in words. Pure. */
final class SchemaWords {
  private SchemaWords() {}

  /** What one run did. */
  static String of(SchemaNote schema) {
    if (schema.ran() == 0 && schema.undone() == 0) {
      return schema.at().isEmpty()
          ? "how far "
              + (schema.contract() == null ? "it" : schema.contract())
              + " came is not known"
          : "database back at " + String.join(", ", schema.at());
    }
    int count = schema.undone() == 0 ? schema.ran() : schema.undone();
    // Not its class: one of which nobody can say what it breaks counts like a contract one.
    return (schema.undone() == 0 ? "migrated " : "took back ")
        + count
        + (count == 1 ? " revision" : " revisions")
        + (schema.at().isEmpty() ? "" : " to " + String.join(", ", schema.at()))
        + (schema.contract() == null ? "" : ", forward only from " + schema.contract() + " on");
  }

  /** Runs under way, which may be about to change it: the holder of the lease first. */
  static List<String> underWay(Optional<LedgerStatus> ledger) {
    List<String> ids = new ArrayList<>();
    ledger.map(LedgerStatus::holder).ifPresent(holder -> ids.add(holder.workflowId()));
    ids.addAll(ledger.map(LedgerStatus::waiting).orElse(List.of()));
    return List.copyOf(ids);
  }

  /**
   * The last run that changed it, and what is under way now: a line each.
   *
   * @param last empty = none is on record
   */
  static List<String> runs(Optional<HistoryEntry> last, List<String> underWay) {
    List<String> lines = new ArrayList<>();
    last.ifPresentOrElse(
        entry -> lines.add("last run " + Moments.text(entry.at()) + "  " + ended(entry)),
        () ->
            lines.add(
                underWay.isEmpty()
                    ? "no run of ours is on record"
                    : "no run of ours has ended yet"));
    underWay.forEach(id -> lines.add("under way  " + id));
    return lines;
  }

  private static String ended(HistoryEntry entry) {
    SchemaNote schema = entry.schema();
    return entry.result().word()
        + (schema.at().isEmpty()
            ? "  where it left the database is not known"
            : (schema.undone() > 0 ? "  back to " : "  to ") + String.join(", ", schema.at()));
  }
}
