package dev.signalbox.activities.backup;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.activities.archive.ArchiveException;
import dev.signalbox.activities.archive.ArchiveStore;
import dev.signalbox.activities.archive.ArchiveStore.Entry;
import dev.signalbox.activities.archive.Upload;
import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.backup.Receipt;
import dev.signalbox.workflows.migration.DatabaseReference;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The backups of one environment in the archive: {@code backups/<project>/<environment>/<id>.dump},
 * and beside it {@code <id>.json} with the receipt. A dump without a receipt is none: whoever wrote
 * it died.
 */
final class BackupShelf {
  private static final String DUMP = ".dump";
  private static final String RECEIPT = ".json";
  private static final ObjectMapper JSON = WireFormat.mapper();

  private final ArchiveStore store;
  private final String prefix;

  BackupShelf(ArchiveStore store, DatabaseReference database) {
    this.store = store;
    this.prefix = "backups/" + database.project() + "/" + database.environment() + "/";
  }

  /** Empty = there is no receipt. */
  Optional<StoredBackup> find(String id) {
    return store.size(receipt(id)).isEmpty() ? Optional.empty() : Optional.of(read(receipt(id)));
  }

  /** Newest first. */
  List<StoredBackup> all() {
    List<StoredBackup> found = new ArrayList<>();
    for (Entry entry : store.list(prefix)) {
      if (entry.name().endsWith(RECEIPT)) {
        found.add(read(entry.name()));
      }
    }
    found.sort(
        Comparator.comparing((StoredBackup backup) -> backup.receipt().takenAt()).reversed());
    return List.copyOf(found);
  }

  private StoredBackup read(String name) {
    try (InputStream file = store.get(name)) {
      return JSON.readValue(file, StoredBackup.class);
    } catch (JacksonException damaged) {
      throw ArchiveException.spoiled(
          "Reading a receipt", store.place(name).toString(), "it is no receipt of ours", damaged);
    } catch (IOException lost) {
      throw ArchiveException.lost("Reading a receipt", store.place(name).toString(), lost);
    }
  }

  void write(StoredBackup backup) {
    try (Upload upload = store.begin(receipt(backup.receipt().id()))) {
      byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(backup);
      upload.write(json, 0, json.length);
      upload.complete();
    } catch (JacksonException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  Upload beginDump(String id) {
    return store.begin(prefix + id + DUMP);
  }

  InputStream dump(Receipt receipt) {
    return store.get(prefix + receipt.id() + DUMP);
  }

  String place(String id) {
    return store.place(prefix + id + DUMP).toString();
  }

  /** The receipt first: a receipt must never promise a dump that is not there. */
  void remove(String id) {
    store.delete(receipt(id));
    store.delete(prefix + id + DUMP);
  }

  /**
   * Ids of dumps that have no receipt.
   *
   * @param before only those that were written earlier: a younger one may be under way
   */
  List<String> withoutReceipt(Instant before) {
    List<Entry> entries = store.list(prefix);
    Set<String> names = entries.stream().map(Entry::name).collect(Collectors.toSet());
    return entries.stream()
        .filter(entry -> entry.name().endsWith(DUMP) && entry.changed().isBefore(before))
        .map(
            entry -> entry.name().substring(prefix.length(), entry.name().length() - DUMP.length()))
        .filter(id -> !names.contains(receipt(id)))
        .toList();
  }

  private String receipt(String id) {
    return prefix + id + RECEIPT;
  }
}
