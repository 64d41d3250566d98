package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.environment.Bearing;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.migration.DowngradePlan;
import dev.signalbox.workflows.migration.MigrationActivities;
import dev.signalbox.workflows.migration.MigrationActivities.DowngradeQuery;
import dev.signalbox.workflows.migration.MigrationActivities.PlanOrder;
import dev.signalbox.workflows.migration.MigrationReading;
import dev.signalbox.workflows.migration.MigrationSourceReference;
import dev.signalbox.workflows.policy.Pipeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.Optional;

/**
 * Whether the schema may go down to a revision: there is a way, and the code that runs is known to
 * bear where it ends. What is not known is no.
 */
final class WayDown {
  private final Pipeline pipeline;
  private final String revision;
  private final String to;
  private final MigrationActivities migrations;
  private DowngradePlan plan;
  private String borne;

  /**
   * @param revision the commit whose code takes the revisions back
   */
  WayDown(Pipeline pipeline, String revision, String to) {
    this.pipeline = pipeline;
    this.revision = revision;
    this.to = to;
    this.migrations =
        Workflow.newActivityStub(
            MigrationActivities.class, MigrationReading.fewTries(pipeline.project().name()));
  }

  /** Reads and judges; why not, empty = it may. */
  Optional<String> judge(LedgerRecord recorded) {
    try {
      plan =
          migrations.planDowngrade(
              new DowngradeQuery(DatabaseReference.of(pipeline), source(revision), to, false));
      return plan.refused() == null
          ? borneBy(recorded)
          : Optional.of("there is no way down to " + to + ": " + plan.refused());
    } catch (ActivityFailure away) {
      Causes.rethrowCancel(away);
      return Optional.of(Reads.reason(away));
    }
  }

  private MigrationSourceReference source(String commit) {
    return MigrationSourceReference.of(pipeline, commit);
  }

  private Optional<String> borneBy(LedgerRecord recorded) {
    Bearing bearing =
        Bearing.of(
            recorded,
            revision,
            plan,
            running ->
                migrations.plan(
                    new PlanOrder(DatabaseReference.of(pipeline), source(running), false)));
    borne = bearing.borne() ? bearing.why() : null;
    return bearing.borne() ? Optional.empty() : Optional.of(bearing.why());
  }

  /** Null until it was read. */
  DowngradePlan plan() {
    return plan;
  }

  /** Why the code that runs is not broken by it; null = it may not. */
  String borne() {
    return borne;
  }

  /** What is gone for good, for people. */
  String losses() {
    return plan.losses().isEmpty()
        ? "nothing is taken away that holds rows"
        : String.join("; ", plan.losses().stream().map(DowngradePlan.Loss::words).toList());
  }
}
