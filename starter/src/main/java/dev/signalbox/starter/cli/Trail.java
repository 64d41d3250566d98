package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.LedgerArchive.PagesReading;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.Sealed;
import dev.signalbox.workflows.environment.SealedPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that one environment's ledger has on record, in its archive and in itself, oldest
 * first, piece by piece: one answer has room for ten pages.
 */
final class Trail {
  private static final int PAGES_AT_ONCE = 10;

  private final SignalboxClient client;
  private final String environment;
  private final LedgerStatus ledger;
  private final Sealed sealed;
  private final Map<String, String> texts = new HashMap<>();

  Trail(SignalboxClient client, String environment) {
    this.client = client;
    this.environment = environment;
    this.ledger = ClientCommand.ledger(client, environment);
    this.sealed = ledger.sealed() == null ? new Sealed(null, 0, null) : ledger.sealed();
    texts.putAll(sealed.texts());
  }

  /** All that an entry says that was read; null = it has the beginning alone, no more is kept. */
  String text(HistoryEntry entry) {
    return entry.whole() == null ? entry.detail() : texts.get(entry.whole());
  }

  /** How many entries no archive took. */
  int lost() {
    return sealed.lost();
  }

  /**
   * Reads all of it.
   *
   * @param since pages that ended before are left out; null = none is
   */
  void read(Instant since, Reader reader) {
    List<SealedPage> pages =
        sealed.pages().stream()
            .filter(page -> since == null || !page.until().isBefore(since))
            .toList();
    for (int from = 0; from < pages.size(); from += PAGES_AT_ONCE) {
      readPages(pages.subList(from, Math.min(from + PAGES_AT_ONCE, pages.size())), reader);
    }
    reader.entries(ledger.history());
  }

  // Where one of several cannot be read they are read one by one: the gap has its place then.
  private void readPages(List<SealedPage> pages, Reader reader) {
    PagesReading reading = client.pages(environment, pages);
    if (reading.unread().isEmpty() || pages.size() == 1) {
      reading.unread().forEach(reader::gap);
      texts.putAll(reading.texts());
      reader.entries(reading.entries());
    } else {
      new ArrayList<>(pages).forEach(page -> readPages(List.of(page), reader));
    }
  }

  /** Is given what was read, in its order. */
  interface Reader {
    void entries(List<HistoryEntry> entries);

    /** A page cannot be read, and why. */
    void gap(String why);
  }
}
