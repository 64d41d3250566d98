package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.release.Digest;
import java.util.List;
import java.util.Map;

/**
 * Entries of the history as they are put into the archive, oldest first.
 *
 * @param before hash of the page before; null = it is the first
 * @param texts what these entries say at its full length, by {@link HistoryEntry#whole}
 */
public record HistoryPage(
    String project,
    String environment,
    String before,
    List<HistoryEntry> entries,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> texts) {
  public HistoryPage {
    entries = entries == null ? List.of() : List.copyOf(entries);
    texts = texts == null ? Map.of() : texts;
  }

  /** One whose entries say all. */
  public HistoryPage(
      String project, String environment, String before, List<HistoryEntry> entries) {
    this(project, environment, before, entries, null);
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
