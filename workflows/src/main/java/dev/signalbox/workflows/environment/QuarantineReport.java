package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import java.util.List;

/**
 * What of a release is in quarantine.
 *
 * @param entries those that were asked about, and the newest that people ordered
 */
public record QuarantineReport(List<Quarantined> entries) {
  public QuarantineReport {
    entries = entries == null ? List.of() : List.copyOf(entries);
  }
}
