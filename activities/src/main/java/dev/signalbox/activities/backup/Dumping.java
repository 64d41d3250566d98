package dev.signalbox.activities.backup;

import dev.signalbox.activities.archive.ArchiveException;
import dev.signalbox.activities.archive.Upload;
import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.MigrationException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Streams a dump of one snapshot into the archive. Nothing is kept on this machine, and nothing is
 * to be seen in the archive before pg_dump has ended well.
 */
final class Dumping {
  private static final String TRIED = "Dumping the database";

  private final PostgresPrograms programs;
  private final Map<String, String> variables;
  private final Stop stop;

  Dumping(PostgresPrograms programs, Map<String, String> variables, Stop stop) {
    this.programs = programs;
    this.variables = variables;
    this.stop = stop;
  }

  /** What was written. */
  record Written(long bytes, String sha256, Duration took) {}

  /**
   * @throws MigrationException what pg_dump could not do
   * @throws ArchiveException the archive is full or away
   */
  Written of(DatabaseAddress database, Snapshot snapshot, BackupShelf shelf, String id) {
    long began = System.nanoTime();
    try (PostgresRun dump =
            PostgresRun.start(
                TRIED, programs.dump(), options(snapshot), database, programs, variables, stop);
        CheckedFile bytes = new CheckedFile(dump.output());
        Upload upload = shelf.beginDump(id)) {
      bytes.transferTo(upload);
      // Before the upload is complete: the end of the stream may be the end of the program.
      dump.end();
      upload.complete();
      return new Written(
          bytes.bytes(), bytes.sha256(), Duration.ofNanos(System.nanoTime() - began));
    } catch (IOException cut) {
      stop.requireGoing();
      throw ArchiveException.lost(TRIED, shelf.place(id), cut);
    }
  }

  private static List<String> options(Snapshot snapshot) {
    return List.of(
        "--format=custom",
        // As small as makes a difference: what is slower would hold a release up.
        "--compress=1",
        "--no-password",
        "--lock-wait-timeout=30s",
        "--snapshot=" + snapshot.id());
  }
}
