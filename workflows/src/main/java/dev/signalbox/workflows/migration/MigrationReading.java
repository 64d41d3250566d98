package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.migration.MigrationActivities.PlanOrder;
import dev.signalbox.workflows.migration.MigrationActivities.SchemaStanding;
import dev.signalbox.workflows.migration.MigrationActivities.StandingQuery;
import dev.signalbox.workflows.migration.MigrationLook.SourceSchema;
import dev.signalbox.workflows.migration.MigrationLook.Unread;
import dev.signalbox.workflows.policy.Pipeline;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * Reads what a release would do to its database, and what the database that it is promoted from has
 * run already. The pipeline has migrations.
 */
public final class MigrationReading {
  /** No run of ours: nobody's connections are waited for. */
  private static final String NOBODY = "nobody";

  private final Pipeline pipeline;
  private final String revision;

  public MigrationReading(Pipeline pipeline, String revision) {
    this.pipeline = pipeline;
    this.revision = revision;
  }

  /** Who is away after a few tries is a fact. */
  public static ActivityOptions fewTries(String project) {
    return ActivityProfiles.working(new TaskQueues(project).migration(), "plan the migrations", 3);
  }

  public MigrationLook look() {
    return look(fewTries(pipeline.project().name()));
  }

  public MigrationLook look(ActivityOptions options) {
    if (pipeline.migrations().byRailway()) {
      return new MigrationLook(MigrationPlan.unseen(pipeline.migrations(), revision), null, null);
    }
    MigrationActivities migrations = Workflow.newActivityStub(MigrationActivities.class, options);
    MigrationSourceReference source = MigrationSourceReference.of(pipeline, revision);
    MigrationPlan plan;
    try {
      plan = migrations.plan(new PlanOrder(DatabaseReference.of(pipeline), source, false));
    } catch (ActivityFailure away) {
      return new MigrationLook(null, unread(away), null);
    }
    boolean compared =
        pipeline.source() != null
            && pipeline.migrations().withoutSource() == null
            && plan.state() == MigrationPlan.State.BEHIND;
    return new MigrationLook(plan, null, compared ? source(migrations, source) : null);
  }

  private SourceSchema source(MigrationActivities migrations, MigrationSourceReference source) {
    try {
      SchemaStanding standing =
          migrations.standing(
              new StandingQuery(
                  DatabaseReference.ofSource(pipeline), source, NOBODY, Duration.ZERO));
      return new SourceSchema(standing.at(), standing.pending(), null);
    } catch (ActivityFailure away) {
      return new SourceSchema(null, unread(away));
    }
  }

  private static Unread unread(ActivityFailure failure) {
    Causes.rethrowCancel(failure);
    return new Unread(Reads.reason(failure), Reads.refusedForGood(failure));
  }

  /** Waits until the database and the project can be read, for as long as it takes. */
  public void awaitAnswer() {
    Workflow.newActivityStub(
            MigrationActivities.class,
            ActivityProfiles.working(
                new TaskQueues(pipeline.project().name()).migration(), "wait for the database", 0))
        .plan(
            new PlanOrder(
                DatabaseReference.of(pipeline),
                MigrationSourceReference.of(pipeline, revision),
                false));
  }
}
