package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.migration.MigrationActivities.DowngradeQuery;
import dev.signalbox.workflows.migration.MigrationActivities.PlanOrder;
import dev.signalbox.workflows.migration.MigrationActivities.SchemaStanding;
import dev.signalbox.workflows.migration.MigrationActivities.StandingQuery;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the database and the revisions are still those that were planned, right before the deed.
 */
final class SecondLook {
  private static final String STEP = "migrate-reread";
  private static final int ATTEMPTS = 8;

  private final Pipeline pipeline;
  private final String revision;
  private final String run;
  private final Timeline timeline;

  SecondLook(Pipeline pipeline, String revision, String run, Timeline timeline) {
    this.pipeline = pipeline;
    this.revision = revision;
    this.run = run;
    this.timeline = timeline;
  }

  /**
   * Reads everything again.
   *
   * @return what the database says of itself before anything is done to it
   * @throws Stopped something is not as planned, or cannot be read
   */
  SchemaStanding take(MigrationOrder order) throws Stopped {
    timeline.begin(STEP);
    MigrationActivities migrations =
        Workflow.newActivityStub(
            MigrationActivities.class,
            ActivityProfiles.working(
                new TaskQueues(pipeline.project().name()).migration(),
                "read the schema again",
                ATTEMPTS));
    DatabaseReference database = DatabaseReference.of(pipeline);
    MigrationSourceReference source = MigrationSourceReference.of(pipeline, revision);
    MigrationPlan plan =
        order.down()
            ? wayDown(order, migrations, database, source)
            : Stopped.unless(
                "the migrations cannot be read again",
                () -> migrations.plan(new PlanOrder(database, source, false)));
    requireAsPlanned(order, plan);
    SchemaStanding standing =
        Stopped.unless(
            "the database cannot be read again",
            () -> migrations.standing(new StandingQuery(database, source, run, Duration.ZERO)));
    requirePlace(order, standing.at());
    timeline.done(STEP, "as planned, at " + SchemaPath.names(order.from()));
    return standing;
  }

  private static MigrationPlan wayDown(
      MigrationOrder order,
      MigrationActivities migrations,
      DatabaseReference database,
      MigrationSourceReference source)
      throws Stopped {
    DowngradePlan down =
        Stopped.unless(
            "the migrations cannot be read again",
            () ->
                migrations.planDowngrade(
                    new DowngradeQuery(database, source, order.downTo(), false)));
    if (down.refused() != null) {
      throw new Stopped("not as planned any more: " + down.refused());
    }
    return down.plan();
  }

  private static void requireAsPlanned(MigrationOrder order, MigrationPlan plan) throws Stopped {
    if (!order.down() && !plan.state().mayRun()) {
      throw new Stopped("not as planned any more: " + plan.sentence());
    }
    requireSameDatabase(order, plan.identity());
    requirePlace(order, plan.database());
    String planned =
        order.pending().stream()
            .map(one -> one.revision() + " " + one.hash())
            .collect(Collectors.joining("\n"));
    String now =
        plan.revisions().stream()
            .map(one -> one.revision() + " " + one.hash())
            .collect(Collectors.joining("\n"));
    if (!planned.equals(now)) {
      throw new Stopped(
          "planned was "
              + order.pending().stream()
                  .map(PendingRevision::revision)
                  .collect(Collectors.joining(", "))
              + ", pending is "
              + names(plan.revisions())
              + (planned.length() == now.length() ? " with other files" : ""));
    }
  }

  /** Its variable may name another one meanwhile. */
  private static void requireSameDatabase(MigrationOrder order, DatabaseIdentity now)
      throws Stopped {
    Optional<String> other = now == null ? Optional.empty() : now.differsFrom(order.identity());
    if (other.isPresent()) {
      throw new Stopped(other.get());
    }
  }

  private static String names(List<PlannedRevision> revisions) {
    return revisions.isEmpty()
        ? "nothing"
        : revisions.stream().map(PlannedRevision::revision).collect(Collectors.joining(", "));
  }

  private static void requirePlace(MigrationOrder order, List<String> at) throws Stopped {
    if (!order.from().equals(at)) {
      throw new Stopped(
          "the database stood at "
              + SchemaPath.names(order.from())
              + " when this was planned, and stands at "
              + SchemaPath.names(at)
              + " now");
    }
  }
}
