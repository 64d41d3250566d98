package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.deploy.Rollout.End;
import dev.signalbox.workflows.deploy.Rollout.Ending;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.effect.Reads.Reading;
import dev.signalbox.workflows.hint.Wake;
import dev.signalbox.workflows.policy.EnvironmentPolicy.Limits;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.Deployment;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.PushOrder;
import dev.signalbox.workflows.railway.RailwayActivities.Pushed;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.railway.ServiceState.Trigger;
import dev.signalbox.workflows.release.ShortCommit;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes over what Railway deploys of a push by itself: waits for that deployment of one service,
 * and follows it as if it were ours. One that never comes, and one of another commit, is named.
 */
final class Adoption {
  private static final String ADOPTED = "Railway's own deployment of the push";

  /** An earlier push may lie far back: Railway deploys on every one, and others do, too. */
  private static final int FAR_BACK = 50;

  private final Pipeline pipeline;
  private final EnvironmentState before;
  private final Rollout rollout;
  private final Reads reads;
  private final Wake wake;

  /**
   * @param before the environment as it was read before the push
   * @param wake ends a wait for a deployment, which begins again with a look
   */
  Adoption(
      Pipeline pipeline, EnvironmentState before, Rollout rollout, Questions questions, Wake wake) {
    this.pipeline = pipeline;
    this.before = before;
    this.rollout = rollout;
    this.wake = wake;
    // Which deployment it is has to be known: without one there is nothing to accept.
    this.reads = Reads.required(questions, pipeline.environment().limits().longestSilence());
  }

  /** Of a push that this run has just made. */
  End of(ServicePolicy service, String commit) {
    ServiceState state = state(service);
    return state == null ? noService(service) : of(service, state, commit, state.recent());
  }

  /**
   * Of a push that was there before this run: what Railway has made of it, or is still to make.
   *
   * @return empty where all that it made of it has ended: nothing of it comes any more
   */
  Optional<End> ofEarlier(ServicePolicy service, String commit) {
    ServiceState state = state(service);
    if (state == null) {
      return Optional.of(noService(service));
    }
    Reading<List<Deployment>> read =
        reads.read(
            step(service),
            whatRailwayMakes(service),
            longest -> rollout.recent(service, FAR_BACK, longest));
    if (!read.known()) {
      return Optional.of(new End(Ending.ABANDONED, null, read.refusal()));
    }
    List<Deployment> all = read.value();
    Optional<Deployment> going =
        all.stream().filter(one -> isOf(commit, one)).filter(one -> counts(one, all)).findFirst();
    if (going.isPresent()) {
      return Optional.of(follow(service, state, commit, going.get().id()));
    }
    return all.stream().anyMatch(one -> isOf(commit, one))
        ? Optional.empty()
        : Optional.of(
            notFarBack(
                all.size(), of(service, state, commit, all.stream().map(Deployment::id).toList())));
  }

  /** What was made before those that were read cannot be told from what was never made. */
  private static End notFarBack(int read, End end) {
    return end.ending() != Ending.TIMED_OUT || end.deployment() != null || read < FAR_BACK
        ? end
        : new End(
            end.ending(),
            null,
            end.detail()
                + "; none of its last "
                + FAR_BACK
                + " deployments was of that commit, older ones were not looked at");
  }

  private static boolean isOf(String commit, Deployment deployment) {
    return commit.equals(deployment.revision());
  }

  /** Whether it serves, or may still; one that was left out counts until something came after. */
  private static boolean counts(Deployment deployment, List<Deployment> newestFirst) {
    return switch (deployment.status()) {
      case IN_PROGRESS, NEEDS_APPROVAL, UNKNOWN, ACTIVE -> true;
      case SKIPPED ->
          Rollout.harmlesslySkipped(deployment) && deployment.equals(newestFirst.get(0));
      case FAILED, CRASHED, REMOVED -> false;
    };
  }

  private End of(ServicePolicy service, ServiceState state, String commit, List<String> baseline) {
    Reading<Pushed> read =
        reads.read(
            step(service),
            whatRailwayMakes(service),
            longest -> awaitPush(service, state, commit, baseline),
            longest -> rollout.recent(service, longest));
    if (!read.known()) {
      return new End(Ending.ABANDONED, null, read.refusal());
    }
    Pushed pushed = read.value();
    return pushed.deploymentId() == null
        ? notPushed(service, state, commit, pushed)
        : follow(service, state, commit, pushed.deploymentId());
  }

  private End follow(ServicePolicy service, ServiceState state, String commit, String id) {
    End end = rollout.follow(service, state, commit, id, ADOPTED);
    return end.good() ? end : overtaken(service, state, commit, end);
  }

  private ServiceState state(ServicePolicy service) {
    return before.service(service.railway()).orElse(null);
  }

  private End noService(ServicePolicy service) {
    return new End(Ending.FAILED, null, before.missing(service.railway()));
  }

  private static String step(ServicePolicy service) {
    return "wait-" + service.name();
  }

  private static String whatRailwayMakes(ServicePolicy service) {
    return "what Railway makes of the push, for " + service.name();
  }

  private Pushed awaitPush(
      ServicePolicy service, ServiceState state, String commit, List<String> baseline) {
    Duration limit = pipeline.environment().limits().deploy();
    long end = Workflow.currentTimeMillis() + limit.toMillis();
    Duration left = limit;
    while (true) {
      PushOrder order = order(service, state, commit, baseline, left);
      Promise<Void> news = wake.news();
      List<Promise<Pushed>> read = new ArrayList<>();
      CancellationScope look =
          Workflow.newCancellationScope(
              () -> read.add(Async.function(watch(service)::awaitPush, order)));
      look.run();
      Promise.anyOf(read.get(0), news).get();
      if (read.get(0).isCompleted()) {
        return read.get(0).get();
      }
      look.cancel("hinted");
      left = Duration.ofMillis(Math.max(0, end - Workflow.currentTimeMillis()));
    }
  }

  private RailwayActivities watch(ServicePolicy service) {
    return Workflow.newActivityStub(
        RailwayActivities.class,
        ActivityProfiles.waiting(
            new TaskQueues(pipeline.project().name()).railway(),
            "wait for Railway to deploy " + service.name(),
            pipeline.environment().limits().deploy()));
  }

  private PushOrder order(
      ServicePolicy service,
      ServiceState state,
      String commit,
      List<String> baseline,
      Duration left) {
    Limits limits = pipeline.environment().limits();
    return new PushOrder(
        pipeline.project().name(),
        pipeline.home().project(),
        before.environmentId(),
        state.serviceId(),
        service.name(),
        commit,
        baseline,
        left,
        limits.settle(),
        limits.longestSilence(),
        limits.poll(),
        pipeline.home().token());
  }

  private End notPushed(ServicePolicy service, ServiceState state, String commit, Pushed pushed) {
    if (pushed.others().isEmpty()) {
      return new End(
          Ending.TIMED_OUT,
          null,
          "was not deployed: Railway made no deployment of "
              + ShortCommit.of(commit)
              + " within "
              + DurationText.of(pipeline.environment().limits().deploy())
              + (triggerIsGone(service, state)
                  ? "; its trigger was removed or switched off meanwhile, so none will come"
                  : waitsForCi(state)));
    }
    Deployment other = pushed.others().get(0);
    return new End(
        Ending.FOREIGN,
        Rollout.made(service, other.id(), commit, other),
        "was not deployed: Railway deployed "
            + named(pushed.others())
            + " by itself, and nothing of "
            + ShortCommit.of(commit));
  }

  /** Only a reason: where Railway does not say, the sentence does without. */
  private boolean triggerIsGone(ServicePolicy service, ServiceState state) {
    try {
      return !state.triggers().isEmpty()
          && readEnvironment(service)
              .service(service.railway())
              .filter(now -> now.awake().isEmpty())
              .isPresent();
    } catch (ActivityFailure unread) {
      return false;
    }
  }

  private EnvironmentState readEnvironment(ServicePolicy service) {
    return Workflow.newActivityStub(
            RailwayActivities.class,
            ActivityProfiles.quick(
                new TaskQueues(pipeline.project().name()).railway(),
                "read the trigger of " + service.name(),
                pipeline.environment().limits().settle()))
        .readEnvironment(
            new EnvironmentQuery(
                pipeline.project().name(),
                pipeline.home().project(),
                pipeline.environment().name(),
                List.of(service.railway()),
                pipeline.home().token(),
                false,
                true,
                List.of()));
  }

  /** Names what took the place of the adopted deployment, if anything did. */
  private End overtaken(ServicePolicy service, ServiceState state, String commit, End end) {
    List<Deployment> others =
        rollout.recent(service, null).stream()
            .filter(deployment -> !state.recent().contains(deployment.id()))
            .filter(deployment -> !commit.equals(deployment.revision()))
            .toList();
    return others.isEmpty()
        ? end
        : new End(
            end.ending(),
            end.deployment(),
            end.detail() + "; meanwhile Railway deployed " + named(others) + " by itself");
  }

  private static String named(List<Deployment> deployments) {
    return deployments.stream()
        .map(one -> commit(one) + " (deployment " + one.id() + ")")
        .collect(Collectors.joining(", "));
  }

  private static String commit(Deployment deployment) {
    return deployment.revision() == null
        ? "something without a commit"
        : ShortCommit.of(deployment.revision());
  }

  /** What may hold a deployment of a push; empty where nothing does. */
  static String waitsForCi(ServiceState state) {
    return state.triggers().stream().anyMatch(Trigger::waitsForChecks)
        ? "; its trigger waits for every check suite of the commit (\"Wait for CI\")"
        : "";
  }
}
