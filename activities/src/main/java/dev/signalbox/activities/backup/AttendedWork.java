package dev.signalbox.activities.backup;

import dev.signalbox.activities.archive.ArchiveException;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.activities.migration.ProjectDatabases;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import dev.signalbox.workflows.migration.DatabaseReference;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Long work of an activity, with signs of life; what is called off clears away what it began. */
final class AttendedWork {
  private final Optional<PostgresBackups> backups;
  private final ProjectDatabases databases;
  private final Set<String> projects;
  private final Pace pace;

  AttendedWork(
      Optional<PostgresBackups> backups,
      ProjectDatabases databases,
      Set<String> projects,
      Pace pace) {
    this.backups = backups;
    this.databases = databases;
    this.projects = Set.copyOf(projects);
    this.pace = pace;
  }

  <T> T inArchive(DatabaseReference database, String words, Function<PostgresBackups, T> work) {
    return attended(database, words, stop -> work.apply(archive()));
  }

  <T> T onDatabase(
      DatabaseReference database,
      String words,
      BiFunction<PostgresBackups, DatabaseAddress, Function<Stop, T>> work) {
    return attended(
        database,
        words,
        stop -> {
          PostgresBackups all = archive();
          return work.apply(all, databases.find(database).address()).apply(stop);
        });
  }

  private PostgresBackups archive() {
    return backups.orElseThrow(
        () ->
            Failures.rejected(
                "there is no archive to keep backups in; next: name one in signalbox.toml"
                    + " ([archive] store = \"file:/…\" or \"s3://…\") and start the worker again"));
  }

  private <T> T attended(DatabaseReference database, String words, Function<Stop, T> work) {
    Failures.requireServed(database.project(), projects);
    ActivityExecutionContext context = Activity.getExecutionContext();
    Stop stop = new Stop();
    return new Waiting(pace, () -> context.heartbeat(words))
        .answer(() -> mapped(() -> work.apply(stop)), stop::now);
  }

  static <T> T mapped(Supplier<T> work) {
    try {
      return Failures.mapped(work);
    } catch (MigrationException failed) {
      String message = sentence(failed.tried(), failed.on(), failed.answer(), failed.next());
      throw failed.fault() == Fault.BUSY
          ? Failures.busy(message)
          : failure(failed.fault() == Fault.UNREACHABLE, message);
    } catch (ArchiveException failed) {
      throw failure(
          failed.kind() == ArchiveException.Kind.UNREACHABLE,
          sentence(failed.tried(), failed.on(), failed.answer(), failed.next()));
    } catch (IllegalArgumentException odd) {
      throw Failures.rejected(odd.getMessage());
    }
  }

  private static ApplicationFailure failure(boolean away, String message) {
    return away ? Failures.unavailable(message) : Failures.rejected(message);
  }

  /** As all failures say it, so that whoever has little room can leave the advice out. */
  private static String sentence(String tried, String on, String answer, String next) {
    return tried
        + " ("
        + on
        + "): "
        + answer
        + (next.isEmpty() ? "" : "; next: " + next.replaceAll("\\.$", ""));
  }
}
