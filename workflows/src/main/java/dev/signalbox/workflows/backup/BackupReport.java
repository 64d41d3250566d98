package dev.signalbox.workflows.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What came of it.
 *
 * @param receipts the one that was taken or verified, or all of them, newest first
 * @param pruned ids of those that were cleared away
 * @param kept databases as they were before restores, newest first
 * @param remarks what did not work beside it, one sentence each
 */
public record BackupReport(
    List<Receipt> receipts,
    List<String> pruned,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<KeptDatabase> kept,
    List<String> remarks) {
  public BackupReport {
    receipts = receipts == null ? List.of() : List.copyOf(receipts);
    pruned = pruned == null ? List.of() : List.copyOf(pruned);
    kept = kept == null ? List.of() : List.copyOf(kept);
    remarks = remarks == null ? List.of() : List.copyOf(remarks);
  }

  /** With nothing kept. */
  public BackupReport(List<Receipt> receipts, List<String> pruned, List<String> remarks) {
    this(receipts, pruned, null, remarks);
  }

  static BackupReport of(List<Receipt> receipts) {
    return new BackupReport(receipts, null, null);
  }
}
