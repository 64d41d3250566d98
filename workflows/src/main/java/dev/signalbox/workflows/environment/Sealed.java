package dev.signalbox.workflows.environment;

import java.util.List;

/**
 * What of the history the ledger itself does not hold any more.
 *
 * @param pages in the archive, oldest first
 * @param lost entries that no archive took and for which there was no room
 * @param trouble why the next page cannot be sealed; null = nothing is known to be in the way
 */
public record Sealed(List<SealedPage> pages, int lost, String trouble) {
  static final Sealed NOTHING = new Sealed(null, 0, null);

  public Sealed {
    pages = pages == null ? List.of() : List.copyOf(pages);
  }

  /** How many entries lie in the archive. */
  public int entries() {
    return pages.stream().mapToInt(SealedPage::entries).sum();
  }
}
