package dev.signalbox.activities.backup;

import dev.signalbox.workflows.backup.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which backups may go. Never the newest good one, and never one that is in use. One that was not
 * proved goes when there is a good one that is newer; a day long it may still be under way. What a
 * restore in place has replaced is only left in its backup: without a proof that stays for a
 * quarter of a year, whatever there is besides.
 *
 * @param keep how many of the newest good ones stay, however old
 * @param maxAge how long the good ones beyond them stay; null = no longer
 * @param inUse ids that somebody relies on
 */
record Retention(int keep, Duration maxAge, Set<String> inUse) {
  static final Duration UNDER_WAY = Duration.ofDays(1);
  static final Duration ONLY_COPY = Duration.ofDays(90);

  Retention {
    if (keep < 1) {
      throw new IllegalArgumentException("retention: want to keep 1 or more, got " + keep);
    }
    inUse = Set.copyOf(inUse);
  }

  /**
   * @param receipts newest first
   */
  List<String> removable(List<Receipt> receipts, Instant now) {
    List<String> removable = new ArrayList<>();
    int good = 0;
    for (Receipt receipt : receipts) {
      if (receipt.good()) {
        good++;
      }
      boolean stays =
          receipt.good()
              ? good <= keep || younger(receipt, maxAge, now)
              : good == 0 || younger(receipt, receipt.onlyCopy() ? ONLY_COPY : UNDER_WAY, now);
      if (!stays && !inUse.contains(receipt.id())) {
        removable.add(receipt.id());
      }
    }
    return List.copyOf(removable);
  }

  private static boolean younger(Receipt receipt, Duration age, Instant now) {
    return age != null && receipt.takenAt().isAfter(now.minus(age));
  }
}
