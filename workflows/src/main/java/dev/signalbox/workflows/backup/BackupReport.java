package dev.signalbox.workflows.backup;

import java.util.List;

/**
 * What came of it.
 *
 * @param receipts the one that was taken or verified, or all of them, newest first
 * @param pruned ids of those that were cleared away
 * @param remarks what did not work beside it, one sentence each
 */
public record BackupReport(List<Receipt> receipts, List<String> pruned, List<String> remarks) {
  public BackupReport {
    receipts = receipts == null ? List.of() : List.copyOf(receipts);
    pruned = pruned == null ? List.of() : List.copyOf(pruned);
    remarks = remarks == null ? List.of() : List.copyOf(remarks);
  }

  static BackupReport of(List<Receipt> receipts) {
    return new BackupReport(receipts, null, null);
  }
}
