package dev.signalbox.activities.migration;

import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import dev.signalbox.workflows.migration.MigrationActivities.Rehearsal;
import dev.signalbox.workflows.migration.MigrationActivities.Rehearsal.Rehearsed;
import dev.signalbox.workflows.policy.MigrationPolicy;
import java.time.Duration;
import java.util.List;

/** Revisions on a copy, watched: locks, rows, tables that are written anew. */
final class SchemaRehearsal {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final MigrationTool tool;
  private final Pace pace;

  SchemaRehearsal(MigrationTool tool, Pace pace) {
    this.tool = tool;
    this.pace = pace;
  }

  /**
   * @param copy to which nobody but this is connected
   * @param downTo they are taken back to this one; null = they are run
   * @throws MigrationException it could not begin
   */
  Rehearsal run(
      MigrationSource source,
      DatabaseAddress copy,
      RunMark mark,
      List<String> revisions,
      String downTo,
      MigrationPolicy policy) {
    // Nobody else is there; but that env.py finds this lock proves that it connects to the copy.
    Waiting waiting = new Waiting(pace, () -> {});
    try (MigratorLock lock = MigratorLock.take(copy, mark, pace, waiting, PATIENCE)) {
      Upgraded end =
          tool.upgrade(
              source,
              copy,
              new UpgradeSettings(
                  mark,
                  revisions,
                  policy.lockTimeout(),
                  policy.statementTimeout(),
                  lock.pid(),
                  true,
                  downTo),
              NOBODY_WAITS);
      if (end.at() == null && !end.stopped()) {
        end = end.seen(tool.standing(source, copy), revisions, downTo);
      }
      return new Rehearsal(
          end.ran().stream().map(SchemaRehearsal::rehearsed).toList(), UpgradeEnds.failed(end));
    }
  }

  private static Rehearsed rehearsed(Upgraded.Ran ran) {
    Upgraded.Observed seen = ran.observed();
    if (seen == null) {
      return new Rehearsed(ran.revision(), ran.took(), null, null, List.of(), 0, List.of());
    }
    return new Rehearsed(
        ran.revision(),
        ran.took(),
        seen.exclusive(),
        seen.table(),
        seen.locks(),
        seen.rows(),
        seen.rewritten());
  }

  /** Nobody else is on a copy, and it is dropped with whatever is still at work in it. */
  private static final UpgradeWatch NOBODY_WAITS =
      new UpgradeWatch() {
        @Override
        public void ready(List<String> at, List<String> invalidIndexes) {}

        @Override
        public void beat(String last) {}

        @Override
        public void stopping() {}
      };
}
