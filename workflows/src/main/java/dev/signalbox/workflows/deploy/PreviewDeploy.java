package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.Asides;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.migration.PreviewDatabase;
import dev.signalbox.workflows.migration.PreviewSchema;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.railway.DeploymentFailure;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.DeployOrder;
import dev.signalbox.workflows.railway.RailwayActivities.EnsureDeployed;
import dev.signalbox.workflows.railway.RailwayActivities.Sent;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A commit brought into an environment that nobody relies on: deployed and verified as a release
 * is, and left as it is when that fails. Whoever cancels the scope that it runs in waits until what
 * has begun has ended; nothing new is started then.
 */
public final class PreviewDeploy {
  private final DeployRequest request;
  private final Migrating migrating;
  private final Timeline timeline;
  private final Questions questions;
  private final FailureReads failures;
  private final ReleaseRollout rollout;
  private PreviewSchema schema;

  /** The preview's own database. */
  public interface Migrating {
    /** Brings it to the commit, before the first service is touched. */
    PreviewDatabase.End bring(Timeline timeline, BooleanSupplier calledOff);

    /** Sees that it answers where the deployed service looks for it. */
    PreviewDatabase.End reach(PreviewSchema schema, Timeline timeline);
  }

  /**
   * @param pipeline of the preview's own environment
   * @param before the environment as it was read last
   * @param migrating null = it has no database of its own
   * @param pushed what Railway deploys there by itself; null = nothing, it is deployed by its
   *     commit
   */
  public PreviewDeploy(
      Pipeline pipeline,
      EnvironmentState before,
      String revision,
      Migrating migrating,
      String pushed,
      Timeline timeline,
      Questions questions) {
    this.request =
        new DeployRequest(
            null, null, revision, null, null, null, null, false, pipeline, before, 0, null, null,
            null, pushed);
    this.migrating = migrating;
    this.timeline = timeline;
    this.questions = questions;
    this.failures = new FailureReads(pipeline.project().name(), pipeline.home().token());
    this.rollout =
        new ReleaseRollout(request, timeline, questions, failures, new Untouched(request))
            .sentBy(this::send);
  }

  /** Twice would be no harm here: it is one event as long as Railway answers. */
  private Sent send(DeployOrder order, List<String> baseline) {
    return new Asides<>(RailwayActivities.class, new TaskQueues(order.project()).railway())
        .askWhenItMay(
            "deploy " + order.service(),
            railway ->
                railway.ensureDeployed(
                    new EnsureDeployed(order, request.pipeline().home().project(), baseline)));
  }

  /**
   * How it ended.
   *
   * @param evidence the decisive readings, one line each
   * @param failures why deployments failed, in Railway's words
   * @param schema of its own database; null = it has none, or nothing is known of it
   */
  public record End(
      Result result,
      String detail,
      List<String> evidence,
      List<DeploymentFailure> failures,
      PreviewSchema schema) {
    public boolean good() {
      return result == Result.LIVE;
    }

    /** Whether it was called off, so that nothing more is known than before. */
    public boolean cancelled() {
      return result == Result.CANCELLED;
    }
  }

  public End carryOut() {
    Optional<Trouble> trouble = tried();
    trouble.ifPresent(what -> timeline.failOpen(what.detail()));
    return new End(
        trouble.map(Trouble::result).orElse(Result.LIVE),
        trouble.map(Trouble::detail).orElse("live and verified"),
        trouble.map(Trouble::evidence).orElse(List.of()),
        failures.all(),
        schema);
  }

  private Optional<Trouble> tried() {
    CancellationScope here = CancellationScope.current();
    try {
      if (migrating != null) {
        PreviewDatabase.End end = migrating.bring(timeline, here::isCancelRequested);
        schema = end.schema();
        if (!end.good()) {
          return Optional.of(new Trouble(Result.FAILED, end.failed(), true, end.evidence()));
        }
      }
      rollout.carryOut();
      return here.isCancelRequested()
          ? Optional.of(Trouble.cancelled())
          : rollout.trouble().or(this::observe).or(this::unreachable);
    } catch (TemporalFailure failure) {
      return Optional.of(
          Causes.isCancel(failure)
              ? Trouble.cancelled()
              : Trouble.of(
                  Result.FAILED, "stopped by an error: " + Causes.message(failure), false));
    }
  }

  private Optional<Trouble> unreachable() {
    if (schema == null) {
      return Optional.empty();
    }
    PreviewDatabase.End end = migrating.reach(schema, timeline);
    schema = end.schema();
    return end.good()
        ? Optional.empty()
        : Optional.of(new Trouble(Result.FAILED, end.failed(), true, end.evidence()));
  }

  private Optional<Trouble> observe() {
    Pipeline pipeline = request.pipeline();
    Observation observation =
        Observation.of(pipeline, request.before(), rollout.set(), null).withPages();
    return new ReleaseWatch(
            timeline,
            questions,
            observation,
            new SmokeStep(pipeline, request.before(), request.revision()),
            new PlatformWord(pipeline, observation.unversioned(), timeline, questions),
            Duration.ZERO)
        .watch();
  }
}
