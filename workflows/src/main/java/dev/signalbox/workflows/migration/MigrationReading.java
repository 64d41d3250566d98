package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.migration.MigrationActivities.PlanOrder;
import dev.signalbox.workflows.migration.MigrationActivities.SchemaStanding;
import dev.signalbox.workflows.migration.MigrationActivities.StandingQuery;
import dev.signalbox.workflows.migration.MigrationActivities.UnaskedOrder;
import dev.signalbox.workflows.migration.MigrationLook.SourceSchema;
import dev.signalbox.workflows.migration.MigrationLook.Unread;
import dev.signalbox.workflows.policy.MigrationPolicy.Tool;
import dev.signalbox.workflows.policy.Pipeline;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;

/**
 * Reads what a release would do to its database, and what the database that it is promoted from has
 * run already. The pipeline has migrations.
 */
public final class MigrationReading {
  /** No run of ours: nobody's connections are waited for. */
  private static final String NOBODY = "nobody";

  private final Pipeline pipeline;
  private final String revision;
  private final RecordedSchema recorded;

  /**
   * @param recorded where the database stands by the ledger: asked where only Railway reaches it
   */
  public MigrationReading(Pipeline pipeline, String revision, RecordedSchema recorded) {
    this.pipeline = pipeline;
    this.revision = revision;
    this.recorded = recorded;
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
      return unasked(options);
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

  private MigrationLook unasked(ActivityOptions options) {
    try {
      return new MigrationLook(unasked(pipeline, revision, recorded, false, options), null, null);
    } catch (ActivityFailure away) {
      return new MigrationLook(null, unread(away), null);
    }
  }

  /**
   * What Railway's command would do, as far as that can be said without its database.
   *
   * @throws ActivityFailure it cannot be said now
   */
  public static MigrationPlan unasked(
      Pipeline pipeline,
      String revision,
      RecordedSchema recorded,
      boolean withSql,
      ActivityOptions options) {
    MigrationPlan nothing = MigrationPlan.unseen(pipeline.migrations(), revision);
    if (pipeline.migrations().tool() != Tool.ALEMBIC) {
      return nothing;
    }
    try {
      return Workflow.newActivityStub(MigrationActivities.class, options)
          .planUnasked(
              new UnaskedOrder(
                  DatabaseReference.of(pipeline),
                  MigrationSourceReference.of(pipeline, revision),
                  recorded,
                  withSql));
    } catch (ActivityFailure failure) {
      Causes.rethrowCancel(failure);
      if (!Reads.refusedForGood(failure)) {
        throw failure;
      }
      // It may need what only the image has: what is not known is no reason to keep it back.
      return nothing.with(List.of(MigrationPlan.NOT_KNOWN + Reads.reason(failure)));
    }
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
    ActivityOptions endless =
        ActivityProfiles.working(
            new TaskQueues(pipeline.project().name()).migration(), "wait for the database", 0);
    if (pipeline.migrations().byRailway()) {
      unasked(pipeline, revision, recorded, false, endless);
      return;
    }
    Workflow.newActivityStub(MigrationActivities.class, endless)
        .plan(
            new PlanOrder(
                DatabaseReference.of(pipeline),
                MigrationSourceReference.of(pipeline, revision),
                false));
  }
}
