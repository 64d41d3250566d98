package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.release.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What happened, one sealed entry of under 400 bytes a run, each chained to the one before. */
final class Chronicle {
  private static final int MOST_ENTRIES = 200;
  private static final int LONGEST_REQUESTER = 40;
  private static final int MOST_ENTRY_BYTES = 400;
  private static final String NO_HASH = "0".repeat(16);

  private final List<HistoryEntry> entries;

  Chronicle(List<HistoryEntry> entries) {
    this.entries = new ArrayList<>(entries);
  }

  List<HistoryEntry> entries() {
    return List.copyOf(entries);
  }

  void write(RunReport report) {
    String previous = entries.isEmpty() ? null : entries.get(entries.size() - 1).hash();
    String requester = shortened(report.requester(), name -> bytes(name) <= LONGEST_REQUESTER);
    String detail =
        shortened(
            Ledger.clip(report.detail()),
            words -> bytes(entry(report, requester, words, previous, NO_HASH)) < MOST_ENTRY_BYTES);
    HistoryEntry unsealed = entry(report, requester, detail, previous, null);
    String hash = Digest.of(unsealed).substring(0, NO_HASH.length());
    entries.add(entry(report, requester, detail, previous, hash));
    Ledger.trim(entries, MOST_ENTRIES);
  }

  private static HistoryEntry entry(
      RunReport report, String requester, String detail, String previous, String hash) {
    return new HistoryEntry(
        report.workflowId(),
        report.revision(),
        report.result(),
        requester,
        detail,
        report.at(),
        previous,
        hash,
        SchemaNote.of(report.schema()));
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
