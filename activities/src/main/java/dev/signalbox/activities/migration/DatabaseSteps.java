package dev.signalbox.activities.migration;

import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.workflows.migration.DatabaseReference;
import java.util.Set;
import java.util.function.Supplier;

/** What a step that may be repeated tells the workflow when it fails. */
final class DatabaseSteps {
  private DatabaseSteps() {}

  /**
   * @param projects that this worker serves
   */
  static <T> T read(Set<String> projects, DatabaseReference database, Supplier<T> step) {
    Failures.requireServed(database.project(), projects);
    try {
      return Failures.mapped(step);
    } catch (MigrationException failed) {
      throw failed.fault() == Fault.UNREACHABLE
          ? Failures.unavailable(failed.getMessage())
          : Failures.rejected(failed.getMessage());
    }
  }
}
