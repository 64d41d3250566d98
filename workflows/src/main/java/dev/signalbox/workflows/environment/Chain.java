package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.release.Moments;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Goes along the entries of a ledger, oldest first, and finds what does not fit. */
public final class Chain {
  private static final int MOST_FINDINGS = 50;

  private final List<String> findings = new ArrayList<>();
  private boolean unknownBefore;
  private String previous;
  private final Set<String> hashes = new HashSet<>();
  private int entries;

  /**
   * @param lost how many entries before all others the ledger itself says are lost
   */
  public Chain(int lost) {
    if (lost > 0) {
      gap(lost + " entries before all others are lost: no archive took them in time");
    }
  }

  /** Something is known to be missing here, and why. */
  public void gap(String why) {
    found(why);
    unknownBefore = true;
  }

  public void take(HistoryEntry entry) {
    take(entry, null);
  }

  /**
   * @param text all that it says, where the entry has the beginning alone; null = that is not kept
   */
  public void take(HistoryEntry entry, String text) {
    entries++;
    if (text != null && !HistoryEntry.mark(text).equals(entry.whole())) {
      found(name(entry) + " has another text than it had: its hash is not that of what it says");
    }
    if (!Objects.equals(entry.trueHash(), entry.hash())) {
      found(name(entry) + " was changed: its hash is not that of what it says");
    }
    if (!unknownBefore && !Objects.equals(previous, entry.previous())) {
      found(
          name(entry)
              + (previous == null
                  ? " is not the first: what was before it is missing"
                  : " does not follow on the entry before it: one is missing, or the order is"
                      + " another"));
    }
    unknownBefore = false;
    previous = entry.hash();
    hashes.add(entry.hash());
  }

  /**
   * All were taken, and this one must be among them: somebody kept its hash elsewhere.
   *
   * @param hash 16 hex
   */
  public void expect(String hash) {
    if (!hashes.contains(hash)) {
      found(
          "no entry has the hash "
              + hash
              + ", which one of them had: entries are missing at the end, or it is another trail");
    }
  }

  /** Hash of the newest; null = there is none. */
  public String head() {
    return previous;
  }

  public List<String> findings() {
    return List.copyOf(findings);
  }

  /** How many were looked at. */
  public int entries() {
    return entries;
  }

  private void found(String finding) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(finding);
    }
  }

  private static String name(HistoryEntry entry) {
    return "the entry of "
        + (entry.at() == null ? "an unknown time" : Moments.text(entry.at()))
        + " ("
        + (entry.kind() == null ? "run" : entry.kind().word())
        + (entry.id() == null ? "" : " " + entry.id())
        + ")";
  }
}
