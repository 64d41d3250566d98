package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import java.util.Map;

/** Where the ledger's older entries lie: the archive of {@code [archive]}, that of the backups. */
@ActivityInterface
public interface LedgerArchive {

  /**
   * Writes a page and reads it back. <b>Guarded</b> by its name, which is its hash: the same page
   * twice is one file. Retried while the archive is away; fails for good where it gives back
   * something else.
   *
   * @return false = there is no archive
   */
  @ActivityMethod(name = "SealLedgerPage")
  boolean seal(HistoryPage page);

  /**
   * Reads pages; one that is missing, damaged or altered is named, and the others are read. Retried
   * while the archive is away.
   */
  @ActivityMethod(name = "ReadLedgerPages")
  PagesReading read(PagesQuery query);

  /**
   * @param pages oldest first
   * @param repository where the hash of an entry may be kept that is to be among them; null = that
   *     is not asked
   */
  record PagesQuery(
      String project,
      String environment,
      List<SealedPage> pages,
      @JsonInclude(JsonInclude.Include.NON_NULL) String repository) {
    /** One of pages alone. */
    public PagesQuery(String project, String environment, List<SealedPage> pages) {
      this(project, environment, pages, null);
    }

    public PagesQuery {
      pages = pages == null ? List.of() : List.copyOf(pages);
    }
  }

  /**
   * @param entries oldest first, without those of the pages that could not be read
   * @param unread a sentence for each page that could not be read
   * @param texts what the entries say at its full length, by {@link HistoryEntry#whole}
   * @param kept hash of an entry that GitHub keeps; null = none is kept, or that was not asked
   * @param unasked why GitHub did not say; null = it did, or was not asked
   */
  record PagesReading(
      List<HistoryEntry> entries,
      List<String> unread,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> texts,
      @JsonInclude(JsonInclude.Include.NON_NULL) String kept,
      @JsonInclude(JsonInclude.Include.NON_NULL) String unasked) {
    /** One of entries that say all. */
    public PagesReading(List<HistoryEntry> entries, List<String> unread) {
      this(entries, unread, null);
    }

    /** One of pages alone. */
    public PagesReading(
        List<HistoryEntry> entries, List<String> unread, Map<String, String> texts) {
      this(entries, unread, texts, null, null);
    }

    public PagesReading {
      texts = texts == null ? Map.of() : texts;
      entries = entries == null ? List.of() : List.copyOf(entries);
      unread = unread == null ? List.of() : List.copyOf(unread);
    }
  }
}
