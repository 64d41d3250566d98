package dev.signalbox.workflows.plan;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.backup.WrittenSince;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.environment.Bearing;
import dev.signalbox.workflows.environment.LedgerActivities;
import dev.signalbox.workflows.environment.LedgerActivities.RecordQuery;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.RevisionQuery;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.migration.DowngradePlan;
import dev.signalbox.workflows.migration.MigrationActivities;
import dev.signalbox.workflows.migration.MigrationActivities.DowngradeQuery;
import dev.signalbox.workflows.migration.MigrationActivities.PlanOrder;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationReading;
import dev.signalbox.workflows.migration.MigrationSourceReference;
import dev.signalbox.workflows.plan.SchemaReport.At;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;

/** Both commits at once: who waits at a terminal waits for the slower one only. */
public final class SchemaWorkflowImpl implements SchemaWorkflow {
  private static final Duration RESOLVE_WITHIN = Duration.ofSeconds(8);

  /** The project's Python may have to be made first, which is done once. */
  private static final Duration READ_WITHIN = Duration.ofSeconds(100);

  private static final String ONLY_RAILWAY =
      "only Railway reaches the database, so that nothing is taken back from here; and it is no"
          + " pending revision of this commit";

  @Override
  public SchemaReport run(SchemaRequest request) {
    Pipeline pipeline =
        Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
            .read(new PolicyQuery(request.project(), request.environment()));
    if (pipeline.migrations() == null) {
      throw ApplicationFailure.newNonRetryableFailure(
          "signalbox.toml has no [migrations]", "Rejected");
    }
    if (request.to() != null) {
      return new SchemaReport(towards(pipeline, request), null, null);
    }
    Promise<At> running =
        request.running() == null
            ? null
            : Async.function(() -> at(pipeline, request.running(), request.withSql()));
    Promise<WrittenSince> since =
        request.backup() == null
            ? null
            : Async.function(() -> WrittenSince.count(pipeline, request.backup()));
    String revision = resolved(pipeline, request);
    At asked = at(pipeline, revision, request.withSql());
    return new SchemaReport(
        asked, running == null ? null : running.get(), since == null ? null : since.get());
  }

  private static String resolved(Pipeline pipeline, SchemaRequest request) {
    ActivityOptions quick =
        ActivityProfiles.quick(
            new TaskQueues(request.project()).github(), "resolve the revision", RESOLVE_WITHIN);
    return Workflow.newActivityStub(GitHubActivities.class, quick)
        .resolveRevision(
            new RevisionQuery(
                request.project(),
                pipeline.project().github(),
                pipeline.sourceBranch(),
                request.revision()))
        .sha();
  }

  /** What is pending up to that revision; else the way down to it. */
  private static At towards(Pipeline pipeline, SchemaRequest request) {
    String head = resolved(pipeline, request);
    At up = at(pipeline, head, request.withSql());
    if (up.plan() == null || up.plan().state() == MigrationPlan.State.UNSEEN) {
      return up;
    }
    Optional<MigrationPlan> pending = up.plan().upTo(request.to());
    if (pending.isPresent()) {
      return new At(head, pending.get(), null, false);
    }
    if (pipeline.migrations().byRailway()) {
      return new At(
          head, up.plan(), null, false, DowngradePlan.refused(request.to(), ONLY_RAILWAY), null);
    }
    String code =
        request.revision() == null && request.running() != null ? request.running() : head;
    try {
      DowngradePlan down =
          migrations(pipeline)
              .planDowngrade(
                  new DowngradeQuery(
                      DatabaseReference.of(pipeline),
                      MigrationSourceReference.of(pipeline, code),
                      request.to(),
                      request.withSql()));
      Bearing bearing = down.refused() == null ? bearing(pipeline, code, down) : null;
      return new At(code, up.plan(), null, false, down, bearing);
    } catch (ActivityFailure away) {
      return new At(code, null, Reads.reason(away), Reads.refusedForGood(away));
    }
  }

  /** As the downgrade itself judges it, before it asks anybody. */
  private static Bearing bearing(Pipeline pipeline, String code, DowngradePlan down) {
    return Bearing.of(
        recorded(pipeline, code), code, down, running -> planned(pipeline, running, false));
  }

  private static MigrationActivities migrations(Pipeline pipeline) {
    return Workflow.newActivityStub(MigrationActivities.class, reading(pipeline));
  }

  private static ActivityOptions reading(Pipeline pipeline) {
    return ActivityOptions.newBuilder(MigrationReading.fewTries(pipeline.project().name()))
        .setScheduleToCloseTimeout(READ_WITHIN)
        .setCancellationType(ActivityCancellationType.TRY_CANCEL)
        .build();
  }

  /**
   * @param commit what is asked about; null = only where the database stands
   */
  private static LedgerRecord recorded(Pipeline pipeline, String commit) {
    String project = pipeline.project().name();
    return Workflow.newActivityStub(
            LedgerActivities.class,
            ActivityProfiles.quick(
                new TaskQueues(project).workflows(), "what the ledger says", RESOLVE_WITHIN))
        .record(new RecordQuery(project, pipeline.environment().name(), commit));
  }

  private static MigrationPlan planned(Pipeline pipeline, String revision, boolean withSql) {
    return migrations(pipeline)
        .plan(
            new PlanOrder(
                DatabaseReference.of(pipeline),
                MigrationSourceReference.of(pipeline, revision),
                withSql));
  }

  private static At at(Pipeline pipeline, String revision, boolean withSql) {
    try {
      return new At(
          revision,
          pipeline.migrations().byRailway()
              ? MigrationReading.unasked(
                  pipeline, revision, recorded(pipeline, null).place(), withSql, reading(pipeline))
              : planned(pipeline, revision, withSql),
          null,
          false);
    } catch (ActivityFailure away) {
      return new At(revision, null, Reads.reason(away), Reads.refusedForGood(away));
    }
  }
}
