package dev.signalbox.activities.environment;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.activities.archive.ArchiveException;
import dev.signalbox.activities.archive.ArchiveException.Kind;
import dev.signalbox.activities.archive.ArchiveStore;
import dev.signalbox.activities.archive.Upload;
import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.environment.HistoryPage;
import dev.signalbox.workflows.environment.SealedPage;
import dev.signalbox.workflows.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The pages of one environment's ledger in the archive: {@code
 * ledger/<project>/<environment>/<hash>.json}.
 */
final class PageShelf {
  private static final ObjectMapper JSON = WireFormat.mapper();

  private final ArchiveStore store;
  private final String prefix;

  PageShelf(ArchiveStore store, String project, String environment) {
    this.store = store;
    this.prefix = "ledger/" + project + "/" + environment + "/";
  }

  /**
   * Writes it and reads it back.
   *
   * @throws ArchiveException the archive is away or full, or gives back something else
   */
  void write(HistoryPage page) {
    SealedPage sealed = page.sealed();
    byte[] text = page.text().getBytes(StandardCharsets.UTF_8);
    try (Upload upload = store.begin(name(sealed))) {
      upload.write(text, 0, text.length);
      upload.complete();
    }
    read(sealed);
  }

  /**
   * A page.
   *
   * @throws ArchiveException it is not there, or not what was written; the archive is away
   */
  HistoryPage read(SealedPage page) {
    String name = name(page);
    String text = text(name);
    if (!Digest.sha256(text).equals(page.hash())) {
      throw ArchiveException.spoiled(
          "Reading a page of the history",
          store.place(name).toString(),
          "it is damaged or altered: its bytes are not those of its name",
          null);
    }
    try {
      return JSON.readValue(text, HistoryPage.class);
    } catch (JacksonException foreign) {
      throw ArchiveException.spoiled(
          "Reading a page of the history",
          store.place(name).toString(),
          "it is no page of ours",
          foreign);
    }
  }

  private String text(String name) {
    try (InputStream file = store.get(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException lost) {
      throw ArchiveException.lost(
          "Reading a page of the history", store.place(name).toString(), lost);
    }
  }

  /** Whether it is this page that is at fault, and not the way to it. */
  static boolean blames(ArchiveException failed) {
    return failed.kind() == Kind.NOT_FOUND || failed.kind() == Kind.SPOILED;
  }

  private String name(SealedPage page) {
    return prefix + page.hash() + ".json";
  }
}
