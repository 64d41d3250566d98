package dev.signalbox.activities.backup;

import dev.signalbox.activities.migration.ProjectDatabases;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.workflows.backup.BackupActivities;
import dev.signalbox.workflows.backup.Receipt;
import dev.signalbox.workflows.backup.RowsSince;
import dev.signalbox.workflows.migration.DatabaseReference;
import java.util.Optional;
import java.util.Set;

/**
 * Backups with signs of life: what is called off is brought to its end, and nothing of it is left.
 */
public final class BackupActivitiesImpl implements BackupActivities {
  private final AttendedWork work;
  private final Pace pace;

  /**
   * @param backups empty = there is no archive to keep them in
   * @param projects that this worker serves
   */
  public BackupActivitiesImpl(
      Optional<PostgresBackups> backups,
      ProjectDatabases databases,
      Set<String> projects,
      Pace pace) {
    this.work = new AttendedWork(backups, databases, projects, pace);
    this.pace = pace;
  }

  @Override
  public Receipt take(BackupOrder order) {
    return work.onDatabase(
        order.database(),
        "takes the backup " + order.id(),
        (all, address) -> stop -> all.take(order, address, stop));
  }

  @Override
  public Receipt verify(VerifyOrder order) {
    return work.onDatabase(
        order.database(),
        "verifies the backup " + order.id(),
        (all, address) -> stop -> all.verify(order.database(), address, order.id(), stop));
  }

  @Override
  public Backups list(DatabaseReference database) {
    return work.inArchive(database, "lists", all -> new Backups(all.list(database)));
  }

  @Override
  public RowsSince since(SinceQuery query) {
    return work.onDatabase(
        query.database(),
        "counts what was written since " + query.backup(),
        (all, address) -> stop -> all.since(query.database(), address, query.backup(), stop));
  }

  @Override
  public Pruned prune(PruneOrder order) {
    Retention retention =
        new Retention(order.policy().keep(), order.policy().maxAge(), order.inUse());
    return work.inArchive(
        order.database(),
        "prunes",
        all -> new Pruned(all.prune(order.database(), retention, pace.now())));
  }
}
