package dev.signalbox.activities.migration;

import dev.signalbox.workflows.migration.DatabaseReference;
import java.util.function.Consumer;

/** Makes databases in which something may be tried. */
@FunctionalInterface
public interface ScratchCopies {
  /**
   * Restores a backup beside the database that it was taken of.
   *
   * @param backup id of its receipt
   * @param whom it is for: the same one twice is the same copy, made anew
   * @param stopper is given what ends the making from another thread
   * @throws RuntimeException it cannot be made: a {@link MigrationException}, or a failure for the
   *     workflow
   */
  Copy of(
      DatabaseReference database,
      DatabaseAddress address,
      String backup,
      String whom,
      Consumer<Runnable> stopper);

  /** One such database; closing it drops it. */
  interface Copy extends AutoCloseable {
    /** Where it is, with the password. */
    DatabaseAddress address();

    @Override
    void close();
  }
}
