package dev.signalbox.activities.migration;

import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.migration.MigrationActivities;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd.FailedRevision;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd.Ran;

/** How an upgrade ended, as a history keeps it. */
final class UpgradeEnds {
  private static final int LONGEST = 500;

  private UpgradeEnds() {}

  static UpgradeEnd of(Upgraded end) {
    return new UpgradeEnd(
        end.ran().stream().map(ran -> new Ran(ran.revision(), ran.took())).toList(),
        failed(end),
        end.at(),
        end.notes());
  }

  static FailedRevision failed(Upgraded end) {
    Upgraded.Failure failure = end.failure();
    return failure == null
        ? null
        : new FailedRevision(
            failure.revision(),
            end.stopped() ? MigrationActivities.CANCELLED : failure.kind(),
            failure.sqlState(),
            failure.statement(),
            Excerpt.of(failure.error(), LONGEST),
            failure.log());
  }
}
