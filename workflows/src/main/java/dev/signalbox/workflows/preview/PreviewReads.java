package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.Asides;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.deploy.PreviewDeploy;
import dev.signalbox.workflows.github.PullActivities;
import dev.signalbox.workflows.github.PullActivities.PullQuery;
import dev.signalbox.workflows.github.PullActivities.PullState;
import dev.signalbox.workflows.migration.PreviewDatabase;
import dev.signalbox.workflows.migration.PreviewSchema;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.ProjectQuery;
import dev.signalbox.workflows.policy.PreviewSettings;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.PreviewActivities;
import dev.signalbox.workflows.railway.PreviewActivities.EnsureOrder;
import dev.signalbox.workflows.railway.PreviewActivities.Ensured;
import dev.signalbox.workflows.railway.PreviewActivities.RemoveOrder;
import dev.signalbox.workflows.railway.PreviewActivities.Removed;
import dev.signalbox.workflows.railway.PullOwner;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What one preview asks the outside world, each thing in one call. */
final class PreviewReads {
  /** Railway makes one environment in 30 seconds, and others may wait too. */
  private static final Duration LONGEST_CREATION = Duration.ofMinutes(3);

  /** A net that hangs under the webhooks: looser than that of a release. */
  private static final int POLLS = 6;

  private final TaskQueues queues;
  private final int number;

  PreviewReads(String project, int number) {
    this.queues = new TaskQueues(project);
    this.number = number;
  }

  /**
   * As the file says; as it said before, where it is faulty now: what was made by an earlier file
   * is not taken away because of a slip in today's.
   *
   * @param former null = it was not read yet
   */
  PreviewSettings settings(PreviewSettings former) {
    try {
      return Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
          .previews(new ProjectQuery(queues.project()));
    } catch (ActivityFailure faulty) {
      if (former == null) {
        throw faulty;
      }
      return former;
    }
  }

  PullState pull(Pipeline base) {
    return new Asides<>(PullActivities.class, queues.github())
        .askWhenItMay("read #" + number, github -> github.readPull(query(base)));
  }

  private PullQuery query(Pipeline base) {
    return new PullQuery(queues.project(), base.project().github(), number, null);
  }

  PullWatch watch(Pipeline base, PullState known) {
    return new PullWatch(
        queues.github(),
        base.environment().limits().poll().multipliedBy(POLLS),
        queues.project(),
        base.project().github(),
        known);
  }

  Ensured ensure(PreviewSettings settings, String environment, String id, PreviewState state) {
    Pipeline base = settings.base();
    return environments("make " + environment)
        .ensureEnvironment(
            new EnsureOrder(
                queues.project(),
                base.home().project(),
                base.home().token(),
                environment,
                id,
                settings.previews().base(),
                base.services().stream().map(ServicePolicy::railway).toList(),
                settings.others(),
                base.others(),
                settings.previews().shared(),
                state.madeSince(),
                owner(settings),
                state.environmentId()));
  }

  /** The environment, and then the database that nothing uses any more. */
  Removed remove(PreviewSettings settings, String environment, String id, PreviewState state) {
    Pipeline base = settings.base();
    Removed removed =
        environments("remove " + environment)
            .removeEnvironment(
                new RemoveOrder(
                    queues.project(),
                    base.home().project(),
                    base.home().token(),
                    environment,
                    state.environmentId(),
                    id,
                    owner(settings),
                    state.let()));
    boolean perhapsADatabase = settings.database() != null || state.schema() != null;
    if (removed.foreign() == null && perhapsADatabase) {
      new PreviewDatabase(settings, environment, id).drop(state.schema());
    }
    return removed;
  }

  private PullOwner owner(PreviewSettings settings) {
    return new PullOwner(
        settings.previews().provider(), settings.base().project().github(), number);
  }

  /**
   * What brings a commit into it, its own database first where it has one.
   *
   * @param named as it is called by the rule, and its database after it
   */
  static PreviewDeploy deploy(
      PreviewSettings settings,
      Pipeline pipeline,
      String named,
      EnvironmentState environment,
      String head,
      PreviewState state,
      Timeline timeline,
      Questions people) {
    PreviewDeploy.Migrating migrating =
        settings.database() == null
            ? null
            : migrating(
                new PreviewDatabase(
                    settings, named, PreviewEnvWorkflow.id(state.project(), state.number())),
                pipeline,
                head,
                state);
    return new PreviewDeploy(
        pipeline,
        environment,
        head,
        migrating,
        settings.previews().railways() ? head : null,
        timeline,
        people);
  }

  private static PreviewDeploy.Migrating migrating(
      PreviewDatabase database, Pipeline pipeline, String head, PreviewState state) {
    return new PreviewDeploy.Migrating() {
      @Override
      public PreviewDatabase.End bring(Timeline timeline, BooleanSupplier calledOff) {
        return database.bring(pipeline, head, state.schema(), timeline, calledOff);
      }

      @Override
      public PreviewDatabase.End reach(PreviewSchema schema, Timeline timeline) {
        return database.reach(pipeline, schema, timeline);
      }
    };
  }

  private PreviewActivities environments(String summary) {
    return Workflow.newActivityStub(
        PreviewActivities.class,
        ActivityProfiles.waiting(queues.railway(), summary, LONGEST_CREATION));
  }

  /** Of what ended before anything was deployed. */
  static PreviewDeploy.End ended(String why) {
    return new PreviewDeploy.End(Result.FAILED, why, List.of(), List.of(), null);
  }
}
