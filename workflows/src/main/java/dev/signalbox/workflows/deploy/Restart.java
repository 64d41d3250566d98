package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.effect.BareStep;
import dev.signalbox.workflows.health.HealthActivities.Verdict;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import dev.signalbox.workflows.policy.EnvironmentPolicy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.RestartOrder;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Starts the same containers again, one service after the other: the next one only when this one is
 * well, so that not everything is down at once. A restart leaves no trace that could be read back,
 * so a person is asked when its answer is lost.
 */
final class Restart implements Redoing {
  private static final String STEP = "restart";

  private final Pipeline pipeline;
  private final EnvironmentState before;
  private final Timeline timeline;
  private final Questions questions;

  Restart(Pipeline pipeline, EnvironmentState before, Timeline timeline, Questions questions) {
    this.pipeline = pipeline;
    this.before = before;
    this.timeline = timeline;
    this.questions = questions;
  }

  @Override
  public End carryOut(
      List<ServicePolicy> services, List<ServiceDeployment> running, BooleanSupplier calledOff) {
    EnvironmentPolicy.Limits limits = pipeline.environment().limits();
    BareStep once =
        new BareStep(
            questions, limits.settle(), limits.longestSilence(), limits.deploy(), calledOff);
    for (ServicePolicy service : services) {
      Optional<ServiceDeployment> now =
          running.stream().filter(one -> one.service().equals(service.name())).findFirst();
      if (now.isEmpty()) {
        timeline.skipped(STEP, service.name(), "nothing runs");
        continue;
      }
      if (calledOff.getAsBoolean()) {
        return end(Result.CANCELLED, "cancelled before " + service.name());
      }
      timeline.begin(STEP, service.name());
      BareStep.End sent = once.carryOut(order(service, now.get()));
      if (!sent.done()) {
        String refusal = (sent.abandoned() ? "" : "was not restarted: ") + sent.detail();
        timeline.failed(STEP, service.name(), refusal);
        return end(
            calledOff.getAsBoolean() ? Result.CANCELLED : Result.FAILED,
            service.name() + " " + refusal);
      }
      Optional<String> trouble = watch(service, now.get());
      if (trouble.isPresent()) {
        timeline.failed(STEP, service.name(), trouble.get());
        return end(Result.FAILED, service.name() + " " + trouble.get());
      }
    }
    return end(Result.LIVE, "restarted and healthy");
  }

  private static End end(Result result, String detail) {
    // The same deployments serve, whatever happened: the record stays as it is.
    return new End(result, detail, null, false);
  }

  private BareStep.Order order(ServicePolicy service, ServiceDeployment deployment) {
    RailwayActivities railway =
        Workflow.newActivityStub(
            RailwayActivities.class,
            ActivityProfiles.bare(
                new TaskQueues(pipeline.project().name()).railway(), "restart " + service.name()));
    return BareStep.Order.traceless(
        STEP,
        service.name(),
        deployment.id(),
        () ->
            railway.restart(
                new RestartOrder(
                    pipeline.project().name(),
                    service.name(),
                    deployment.id(),
                    pipeline.home().token())));
  }

  /** What went wrong; empty = nothing. */
  private Optional<String> watch(ServicePolicy service, ServiceDeployment deployment) {
    Observation observation = Observation.of(pipeline, before, List.of(deployment), null);
    if (observation.empty()) {
      timeline.done(STEP, service.name(), "Railway has taken it; there is no health path to ask");
      return Optional.empty();
    }
    return healthyAgain(service, observation);
  }

  // While it starts it does not answer: that is no trouble before the time of a deployment is over.
  private Optional<String> healthyAgain(ServicePolicy service, Observation observation) {
    Duration longest = pipeline.environment().limits().deploy();
    Instant deadline = now().plus(longest);
    while (true) {
      Workflow.sleep(pipeline.environment().limits().poll());
      VerificationEnd end = observation.verify();
      if (end.verdict() == Verdict.HEALTHY) {
        timeline.done(STEP, service.name(), "restarted; " + end.summary());
        return Optional.empty();
      }
      if (now().isAfter(deadline)) {
        return Optional.of("was restarted and is not well since: " + end.summary());
      }
    }
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
