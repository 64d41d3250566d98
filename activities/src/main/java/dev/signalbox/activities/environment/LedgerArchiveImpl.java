package dev.signalbox.activities.environment;

import dev.signalbox.activities.archive.ArchiveException;
import dev.signalbox.activities.archive.ArchiveException.Kind;
import dev.signalbox.activities.archive.ArchiveStore;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.HistoryPage;
import dev.signalbox.workflows.environment.LedgerArchive;
import dev.signalbox.workflows.environment.SealedPage;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pages of ledgers in the archive of the backups. */
public final class LedgerArchiveImpl implements LedgerArchive {
  private final Optional<ArchiveStore> store;
  private final Set<String> projects;

  /**
   * @param store empty = there is no archive
   * @param projects that this worker serves
   */
  public LedgerArchiveImpl(Optional<ArchiveStore> store, Set<String> projects) {
    this.store = store;
    this.projects = Set.copyOf(projects);
  }

  @Override
  public boolean seal(HistoryPage page) {
    Failures.requireServed(page.project(), projects);
    if (store.isEmpty()) {
      return false;
    }
    try {
      new PageShelf(store.get(), page.project(), page.environment()).write(page);
      return true;
    } catch (ArchiveException failed) {
      throw failure(failed);
    }
  }

  @Override
  public PagesReading read(PagesQuery query) {
    Failures.requireServed(query.project(), projects);
    if (store.isEmpty()) {
      return new PagesReading(
          null, query.pages().stream().map(page -> unread(page, "there is no archive")).toList());
    }
    PageShelf shelf = new PageShelf(store.get(), query.project(), query.environment());
    List<HistoryEntry> entries = new ArrayList<>();
    List<String> unread = new ArrayList<>();
    Map<String, String> texts = new HashMap<>();
    for (SealedPage page : query.pages()) {
      try {
        HistoryPage read = shelf.read(page);
        entries.addAll(read.entries());
        texts.putAll(read.texts());
      } catch (ArchiveException failed) {
        if (!PageShelf.blames(failed)) {
          throw failure(failed);
        }
        unread.add(unread(page, failed.on() + ": " + failed.answer()));
      }
    }
    return new PagesReading(entries, unread, texts);
  }

  private static String unread(SealedPage page, String why) {
    return page.entries()
        + " entries from "
        + page.from()
        + " to "
        + page.until()
        + " cannot be read: "
        + why;
  }

  private static ApplicationFailure failure(ArchiveException failed) {
    return failed.kind() == Kind.UNREACHABLE
        ? Failures.unavailable(failed.getMessage())
        : Failures.rejected(failed.getMessage());
  }
}
