package dev.signalbox.activities.backup;

import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.ProjectDatabases;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.workflows.backup.RestoreActivities;
import dev.signalbox.workflows.migration.DatabaseReference;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Restores with signs of life. What is called off can be begun anew, or undone. */
public final class RestoreActivitiesImpl implements RestoreActivities {
  private final AttendedWork work;

  /**
   * @param backups empty = there is no archive that could hold any
   * @param projects that this worker serves
   */
  public RestoreActivitiesImpl(
      Optional<PostgresBackups> backups,
      ProjectDatabases databases,
      Set<String> projects,
      Pace pace) {
    this.work = new AttendedWork(backups, databases, projects, pace);
  }

  @Override
  public RestorePlan plan(RestoreQuery query) {
    return onDatabase(
        query.database(),
        "restores " + query.backup() + " into a copy",
        (all, address) -> stop -> all.plan(query, address, stop));
  }

  @Override
  public DatabaseStanding standing(DatabaseReference database) {
    return onDatabase(
        database,
        "looks where the database stands",
        (all, address) -> stop -> PostgresRestores.standing(address, stop));
  }

  @Override
  public Held hold(PresentDatabase present) {
    return onDatabase(
        present.database(),
        "holds back who writes",
        (all, address) -> stop -> all.hold(present, address, stop));
  }

  @Override
  public Beside beside(BesideOrder order) {
    return onDatabase(
        order.present().database(),
        "restores " + order.backup() + " beside the database",
        (all, address) -> stop -> all.beside(order, address, stop));
  }

  @Override
  public Swapped swap(SwapOrder order) {
    return onDatabase(
        order.present().database(),
        "swaps the databases",
        (all, address) -> stop -> all.swap(order, address, stop));
  }

  @Override
  public void inPlace(InPlaceOrder order) {
    onDatabase(
        order.present().database(),
        "restores " + order.backup() + " in place",
        (all, address) ->
            stop -> {
              all.inPlace(order, address, stop);
              return true;
            });
  }

  @Override
  public Kept kept(DatabaseReference database) {
    return onDatabase(
        database,
        "lists what restores have kept",
        (all, address) -> stop -> new Kept(KeptDatabases.of(address)));
  }

  @Override
  public void dropKept(DropOrder order) {
    onDatabase(
        order.database(),
        "drops " + order.name(),
        (all, address) ->
            stop -> {
              all.dropKept(order, address, stop);
              return true;
            });
  }

  @Override
  public void undo(PresentDatabase present) {
    onDatabase(
        present.database(),
        "undoes the restore",
        (all, address) ->
            stop -> {
              all.undo(present, address, stop);
              return true;
            });
  }

  private <T> T onDatabase(
      DatabaseReference database,
      String words,
      BiFunction<PostgresRestores, DatabaseAddress, Function<Stop, T>> what) {
    return work.onDatabase(
        database, words, (all, address) -> what.apply(new PostgresRestores(all), address));
  }
}
