package dev.signalbox.activities.backup;

import dev.signalbox.workflows.backup.Receipt;

/** What lies beside a dump: its receipt, and what the database held in the dump's own snapshot. */
record StoredBackup(Receipt receipt, DatabaseContent content) {
  StoredBackup with(Receipt.Verified verified) {
    return new StoredBackup(receipt.verifiedBy(verified), content);
  }
}
