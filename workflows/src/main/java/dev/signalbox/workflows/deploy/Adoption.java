package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.deploy.Rollout.End;
import dev.signalbox.workflows.deploy.Rollout.Ending;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.effect.Reads.Reading;
import dev.signalbox.workflows.policy.EnvironmentPolicy.Limits;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.Deployment;
import dev.signalbox.workflows.railway.RailwayActivities.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities.PushOrder;
import dev.signalbox.workflows.railway.RailwayActivities.Pushed;
import dev.signalbox.workflows.railway.RailwayActivities.ServiceState;
import dev.signalbox.workflows.railway.RailwayActivities.Trigger;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Takes over what Railway deploys of a push by itself: waits for that deployment of one service,
 * and follows it as if it were ours. One that never comes, and one of another commit, is named.
 */
final class Adoption {
  private static final String ADOPTED = "Railway's own deployment of the push";

  private final Pipeline pipeline;
  private final EnvironmentState before;
  private final Rollout rollout;
  private final Reads reads;

  /**
   * @param before the environment as it was read before the push
   */
  Adoption(Pipeline pipeline, EnvironmentState before, Rollout rollout, Questions questions) {
    this.pipeline = pipeline;
    this.before = before;
    this.rollout = rollout;
    // Which deployment it is has to be known: without one there is nothing to accept.
    this.reads = Reads.required(questions, pipeline.environment().limits().longestSilence());
  }

  End of(ServicePolicy service, String commit) {
    ServiceState state = before.service(service.railway()).orElse(null);
    if (state == null) {
      return new End(Ending.FAILED, null, "Railway has no service " + service.railway() + " here");
    }
    Reading<Pushed> read =
        reads.read(
            "wait-" + service.name(),
            "what Railway makes of the push, for " + service.name(),
            longest -> awaitPush(service, state, commit),
            longest -> rollout.recent(service, longest));
    if (!read.known()) {
      return new End(Ending.ABANDONED, null, read.refusal());
    }
    Pushed pushed = read.value();
    if (pushed.deploymentId() == null) {
      return notPushed(service, state, commit, pushed);
    }
    End end = rollout.follow(service, state, commit, pushed.deploymentId(), ADOPTED);
    return end.good() ? end : overtaken(service, state, commit, end);
  }

  private Pushed awaitPush(ServicePolicy service, ServiceState state, String commit) {
    Limits limits = pipeline.environment().limits();
    return Workflow.newActivityStub(
            RailwayActivities.class,
            ActivityProfiles.waiting(
                new TaskQueues(pipeline.project().name()).railway(),
                "wait for Railway to deploy " + service.name(),
                limits.deploy()))
        .awaitPush(
            new PushOrder(
                pipeline.project().name(),
                pipeline.home().project(),
                before.environmentId(),
                state.serviceId(),
                service.name(),
                commit,
                state.recent(),
                limits.deploy(),
                limits.settle(),
                limits.longestSilence(),
                limits.poll(),
                pipeline.home().token()));
  }

  private End notPushed(ServicePolicy service, ServiceState state, String commit, Pushed pushed) {
    if (pushed.others().isEmpty()) {
      return new End(
          Ending.TIMED_OUT,
          null,
          "was not deployed: Railway made no deployment of "
              + commit.substring(0, 7)
              + " within "
              + DurationText.of(pipeline.environment().limits().deploy())
              + waitsForCi(state));
    }
    Deployment other = pushed.others().get(0);
    return new End(
        Ending.FOREIGN,
        Rollout.made(service, other.id(), commit, other),
        "was not deployed: Railway deployed "
            + named(pushed.others())
            + " by itself, and nothing of "
            + commit.substring(0, 7));
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
        : deployment.revision().substring(0, 7);
  }

  /** What may hold a deployment of a push; empty where nothing does. */
  static String waitsForCi(ServiceState state) {
    return state.triggers().stream().anyMatch(Trigger::waitsForChecks)
        ? "; its trigger waits for every check suite of the commit (\"Wait for CI\")"
        : "";
  }
}
