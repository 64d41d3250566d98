package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.health.HealthActivities.Verdict;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities.RestartOrder;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Starts the same containers again, one service after the other: the next one only when this one is
 * well, so that not everything is down at once. A restart leaves no trace that could be read back,
 * and is sent once: whoever gets no answer says so and stops.
 */
final class Restart implements Redoing {
  private static final String STEP = "restart";

  private final Pipeline pipeline;
  private final EnvironmentState before;
  private final Timeline timeline;

  Restart(Pipeline pipeline, EnvironmentState before, Timeline timeline) {
    this.pipeline = pipeline;
    this.before = before;
    this.timeline = timeline;
  }

  @Override
  public End carryOut(
      List<ServicePolicy> services, List<ServiceDeployment> running, BooleanSupplier calledOff) {
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
      Optional<String> trouble = restart(service, now.get());
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

  /** What went wrong; empty = nothing. */
  private Optional<String> restart(ServicePolicy service, ServiceDeployment deployment) {
    Optional<String> refusal = send(service, deployment);
    if (refusal.isPresent()) {
      return refusal;
    }
    Observation observation = Observation.of(pipeline, before, List.of(deployment), null);
    if (observation.empty()) {
      timeline.done(STEP, service.name(), "Railway has taken it; there is no health path to ask");
      return Optional.empty();
    }
    return healthyAgain(service, observation);
  }

  private Optional<String> send(ServicePolicy service, ServiceDeployment deployment) {
    try {
      Workflow.newActivityStub(
              RailwayActivities.class,
              ActivityProfiles.bare(
                  new TaskQueues(pipeline.project().name()).railway(), "restart " + service.name()))
          .restart(
              new RestartOrder(
                  pipeline.project().name(),
                  service.name(),
                  deployment.id(),
                  pipeline.home().token()));
      return Optional.empty();
    } catch (ActivityFailure failure) {
      boolean known =
          failure.getCause() instanceof ApplicationFailure refused
              && FailureType.of(refused.getType()) != null
              && FailureType.of(refused.getType()).provesNothingHappened();
      return Optional.of(
          (known
                  ? "was not restarted: "
                  : "may have been restarted, nobody can read that back; look at it, and ask again"
                      + " if it was not: ")
              + (failure.getCause() instanceof ApplicationFailure said
                  ? said.getOriginalMessage()
                  : String.valueOf(failure.getCause())));
    }
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
