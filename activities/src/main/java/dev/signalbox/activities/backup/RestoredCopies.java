package dev.signalbox.activities.backup;

import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.ScratchCopies;
import dev.signalbox.workflows.migration.DatabaseReference;
import java.util.Optional;
import java.util.function.Consumer;

/** Copies of a database from what its backups hold. */
public final class RestoredCopies implements ScratchCopies {
  private final Optional<PostgresBackups> backups;

  /**
   * @param backups empty = there is no archive that holds any
   */
  public RestoredCopies(Optional<PostgresBackups> backups) {
    this.backups = backups;
  }

  @Override
  public Copy of(
      DatabaseReference database,
      DatabaseAddress address,
      String backup,
      String whom,
      Consumer<Runnable> stopper) {
    PostgresBackups all =
        backups.orElseThrow(
            () -> Failures.rejected("there is no archive that could hold the backup " + backup));
    Stop stop = new Stop();
    stopper.accept(stop::now);
    ScratchDatabase scratch =
        AttendedWork.mapped(() -> all.restored(database, address, backup, whom, stop));
    return new Copy() {
      @Override
      public DatabaseAddress address() {
        return scratch.address();
      }

      @Override
      public void close() {
        scratch.close();
      }
    };
  }
}
