package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What of the history is not in the entries that the ledger holds: those that it does not hold any
 * more, and the words that were too long for an entry.
 *
 * @param pages in the archive, oldest first
 * @param lost entries that no archive took and for which there was no room
 * @param trouble why the next page cannot be sealed; null = nothing is known to be in the way
 * @param texts what entries say at its full length, by {@link HistoryEntry#whole}, oldest first;
 *     bounded, so that of old ones the entry's own words alone may be left
 */
public record Sealed(
    List<SealedPage> pages,
    int lost,
    String trouble,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> texts) {
  static final Sealed NOTHING = new Sealed(null, 0, null);

  /** One of a history whose entries say all. */
  public Sealed(List<SealedPage> pages, int lost, String trouble) {
    this(pages, lost, trouble, null);
  }

  public Sealed {
    pages = pages == null ? List.of() : List.copyOf(pages);
    texts = texts == null ? Map.of() : texts;
  }

  /** How many entries lie in the archive. */
  public int entries() {
    return pages.stream().mapToInt(SealedPage::entries).sum();
  }
}
