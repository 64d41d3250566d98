package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.release.Digest;
import java.util.List;

/**
 * Entries of the history as they are put into the archive, oldest first.
 *
 * @param before hash of the page before; null = it is the first
 */
public record HistoryPage(
    String project, String environment, String before, List<HistoryEntry> entries) {
  public HistoryPage {
    entries = entries == null ? List.of() : List.copyOf(entries);
  }

  /** The file, to the byte. */
  public String text() {
    return Digest.text(this);
  }

  /** What the archive calls it. */
  public SealedPage sealed() {
    return new SealedPage(
        Digest.sha256(text()),
        entries.size(),
        entries.get(0).at(),
        entries.get(entries.size() - 1).at());
  }
}
