package dev.signalbox.activities.migration;

import dev.signalbox.activities.migration.ProjectSources.Checkout;
import dev.signalbox.workflows.migration.MigrationActivities.UnaskedOrder;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationSourceReference;
import dev.signalbox.workflows.migration.RecordedSchema;
import dev.signalbox.workflows.migration.Unpromised;
import java.util.List;

/**
 * What a migration would do to a database that only Railway reaches: the project's Alembic says it
 * from the commit's own files, from where the ledger takes the database to stand.
 */
final class UnaskedPlan {
  private final AlembicTool alembic;
  private final ProjectDatabases databases;
  private final ProjectSources sources;

  UnaskedPlan(AlembicTool alembic, ProjectDatabases databases, ProjectSources sources) {
    this.alembic = alembic;
    this.databases = databases;
    this.sources = sources;
  }

  MigrationPlan of(UnaskedOrder order) {
    ProjectDatabase nowhere = databases.nowhere(order.database());
    RecordedSchema recorded = order.recorded();
    List<String> at =
        recorded.commit() == null
            ? recorded.at()
            : heads(order.source().at(recorded.commit()), nowhere);
    try (Checkout checkout = sources.at(order.source())) {
      MigrationSource source = source(checkout, nowhere);
      if (at.isEmpty()) {
        return MigrationPlan.unseen(
                order.source().policy(),
                order.source().revision(),
                alembic.heads(source, nowhere.address()))
            .with(List.of(MigrationPlan.NOT_KNOWN + recorded.words()));
      }
      return PlanSize.fitting(
          alembic
              .planUnasked(source, nowhere.address(), at)
              .by(recorded.words())
              .with(Unpromised.of(order.source().policy())),
          order.withSql());
    }
  }

  private List<String> heads(MigrationSourceReference live, ProjectDatabase nowhere) {
    try (Checkout checkout = sources.at(live)) {
      return alembic.heads(source(checkout, nowhere), nowhere.address());
    }
  }

  private static MigrationSource source(Checkout checkout, ProjectDatabase nowhere) {
    return checkout.source(MigrationActivitiesImpl.variables(nowhere));
  }
}
