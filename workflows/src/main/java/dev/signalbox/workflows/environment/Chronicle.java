package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.approval.Reason;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.migration.RecordedSchema;
import dev.signalbox.workflows.release.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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

  /** A reason of the longest that a door takes, and what we say around it. */
  private static final int LONGEST_TEXT = Reason.LONGEST + 400;

  /** Of all texts that do not fit into their entries. */
  private static final int MOST_TEXT_BYTES = 100_000;

  private final List<HistoryEntry> entries;
  private final Map<String, String> texts;
  private Sealed sealed;

  /**
   * @param sealed null = nothing is
   */
  Chronicle(List<HistoryEntry> entries, Sealed sealed) {
    this.entries = new ArrayList<>(entries);
    this.sealed = sealed;
    this.texts = new LinkedHashMap<>(known().texts());
  }

  /** Null = nothing is. */
  Sealed sealed() {
    return sealed == null && texts.isEmpty()
        ? null
        : new Sealed(
            known().pages(), known().lost(), known().trouble(), new LinkedHashMap<>(texts));
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
        entries.subList(0, PAGE),
        textsOf(entries.subList(0, PAGE)));
  }

  /** In an order of their own: the page's hash must not depend on anything else. */
  private Map<String, String> textsOf(List<HistoryEntry> some) {
    Map<String, String> all = new TreeMap<>();
    some.stream()
        .filter(entry -> entry.whole() != null && texts.containsKey(entry.whole()))
        .forEach(entry -> all.put(entry.whole(), texts.get(entry.whole())));
    return all;
  }

  /** It lies in the archive, so the ledger need not hold it any more. */
  void sealed(HistoryPage page) {
    // What was lost for want of room meanwhile is not lost: it lies in the page.
    int held = (int) page.entries().stream().filter(entries::contains).count();
    List<SealedPage> pages = new ArrayList<>(known().pages());
    pages.add(page.sealed());
    sealed = new Sealed(pages, known().lost() - (page.entries().size() - held), null);
    entries.removeAll(page.entries());
    keepOnlyTextsOfEntries();
  }

  private void keepOnlyTextsOfEntries() {
    Set<String> wanted = entries.stream().map(HistoryEntry::whole).collect(Collectors.toSet());
    texts.keySet().removeIf(mark -> !wanted.contains(mark));
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
    String text = Excerpt.of(unchained.detail(), LONGEST_TEXT);
    String words = words(unchained, requester, previous);
    HistoryEntry entry = unchained;
    if (!Objects.equals(words, text)) {
      entry = unchained.cutFrom(text);
      words = words(entry, requester, previous);
      keep(entry.whole(), text);
    }
    String hash = entry.with(requester, words, previous, null).trueHash();
    entries.add(entry.with(requester, words, previous, hash));
    int excess = entries.size() - LedgerStatus.MOST_ENTRIES;
    if (excess > 0) {
      Ledger.trim(entries, LedgerStatus.MOST_ENTRIES);
      keepOnlyTextsOfEntries();
      sealed = new Sealed(known().pages(), known().lost() + excess, known().trouble());
    }
  }

  /** As much of what it says as an entry has room for. */
  private static String words(HistoryEntry entry, String requester, String previous) {
    // Measured once: a text is cut again and again until it fits.
    int around = bytes(entry.with(requester, "", previous, NO_HASH)) - bytes("");
    return shortened(
        Ledger.clip(entry.detail()), words -> around + bytes(words) < MOST_ENTRY_BYTES);
  }

  private void keep(String mark, String text) {
    texts.remove(mark);
    texts.put(mark, text);
    int size = texts.values().stream().mapToInt(Chronicle::bytes).sum();
    Iterator<String> oldest = texts.values().iterator();
    while (size > MOST_TEXT_BYTES) {
      size -= bytes(oldest.next());
      oldest.remove();
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
