package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.migration.RecordedSchema;
import dev.signalbox.workflows.release.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What happened, one entry of under 400 bytes for each piece of news, each chained to the one
 * before. The newest 200 stay; a hundred older ones are a page for the archive. Until they lie
 * there they stay too, as long as there is room.
 */
final class Chronicle {
  private static final int STAY = 200;
  private static final int PAGE = 100;
  private static final int LONGEST_REQUESTER = 40;
  private static final int MOST_ENTRY_BYTES = 400;
  private static final String NO_HASH = "0".repeat(HistoryEntry.HASH_LENGTH);

  private final List<HistoryEntry> entries;
  private Sealed sealed;

  /**
   * @param sealed null = nothing is
   */
  Chronicle(List<HistoryEntry> entries, Sealed sealed) {
    this.entries = new ArrayList<>(entries);
    this.sealed = sealed;
  }

  /** Null = nothing is. */
  Sealed sealed() {
    return sealed;
  }

  /** Whether there is a page to be sealed. */
  boolean due() {
    return entries.size() >= STAY + PAGE;
  }

  /** The page to be sealed. */
  HistoryPage oldest(String project, String environment) {
    List<SealedPage> pages = known().pages();
    return new HistoryPage(
        project,
        environment,
        pages.isEmpty() ? null : pages.get(pages.size() - 1).hash(),
        entries.subList(0, PAGE));
  }

  /** It lies in the archive, so the ledger need not hold it any more. */
  void sealed(HistoryPage page) {
    // What was lost for want of room meanwhile is not lost: it lies in the page.
    int held = (int) page.entries().stream().filter(entries::contains).count();
    List<SealedPage> pages = new ArrayList<>(known().pages());
    pages.add(page.sealed());
    sealed = new Sealed(pages, known().lost() - (page.entries().size() - held), null);
    entries.removeAll(page.entries());
  }

  void notSealed(String why) {
    sealed = new Sealed(known().pages(), known().lost(), why);
  }

  private Sealed known() {
    return sealed == null ? Sealed.NOTHING : sealed;
  }

  List<HistoryEntry> entries() {
    return List.copyOf(entries);
  }

  /** Where the last run that had to do with the database left it; null = none of them had. */
  RecordedSchema schema() {
    return entries.stream()
        .filter(entry -> entry.schema() != null)
        .reduce((earlier, later) -> later)
        .map(entry -> RecordedSchema.of(entry.schema().at(), entry.id()))
        .orElse(null);
  }

  /** What the door did not let in leaves no run, so it is kept here. */
  void refused(LedgerRequest request, RequestAnswer answer, Instant at) {
    if (answer.outcome() == Outcome.REFUSED) {
      write(HistoryEntry.of(request, answer, at));
    }
  }

  /**
   * What the door let in is on record from then on, not only when its run has ended.
   *
   * @param proved whether the request's door proved who asks
   */
  void asked(LedgerRequest request, boolean proved, RequestAnswer answer, Instant at) {
    write(HistoryEntry.asked(request, proved, answer, at));
  }

  /** Hash of the newest entry; null = there is none. */
  String head() {
    return entries.isEmpty() ? null : entries.get(entries.size() - 1).hash();
  }

  /** Chains it to the one before, as long as it may be. */
  void write(HistoryEntry unchained) {
    String previous = head();
    String requester = shortened(unchained.requester(), name -> bytes(name) <= LONGEST_REQUESTER);
    String detail =
        shortened(
            Ledger.clip(unchained.detail()),
            words -> bytes(unchained.with(requester, words, previous, NO_HASH)) < MOST_ENTRY_BYTES);
    String hash = unchained.with(requester, detail, previous, null).trueHash();
    entries.add(unchained.with(requester, detail, previous, hash));
    int excess = entries.size() - LedgerStatus.MOST_ENTRIES;
    if (excess > 0) {
      Ledger.trim(entries, LedgerStatus.MOST_ENTRIES);
      sealed = new Sealed(known().pages(), known().lost() + excess, known().trouble());
    }
  }

  /** The text, or as much of it as fits; null when nothing does. */
  private static String shortened(String text, Predicate<String> fits) {
    String shorter = text;
    for (int longest = text == null ? 0 : text.length(); longest > 2; longest--) {
      if (fits.test(shorter)) {
        return shorter;
      }
      shorter = Excerpt.of(text, longest - 1);
    }
    return text == null || fits.test(shorter) ? shorter : null;
  }

  private static int bytes(Object value) {
    return Digest.text(value).getBytes(StandardCharsets.UTF_8).length;
  }
}
