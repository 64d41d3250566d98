package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.Timeline;
import dev.signalbox.workflows.rollback.Rescue;
import io.temporal.failure.TemporalFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Builds the same commits again, one after the other, and verifies them. Another base image or
 * another variable can make a bad one of a good commit: then the former images come back.
 */
final class Rebuild implements Redoing {
  private static final String STEP = "redeploy";

  private final Pipeline pipeline;
  private final EnvironmentState before;
  private final Timeline timeline;
  private final Questions questions;
  private final LiveSet present;
  private final Map<String, ServiceDeployment> serving = new LinkedHashMap<>();
  private boolean touched;

  Rebuild(
      Pipeline pipeline,
      EnvironmentState before,
      Timeline timeline,
      Questions questions,
      LiveSet present) {
    this.pipeline = pipeline;
    this.before = before;
    this.timeline = timeline;
    this.questions = questions;
    this.present = present;
  }

  @Override
  public End carryOut(
      List<ServicePolicy> services, List<ServiceDeployment> running, BooleanSupplier calledOff) {
    running.forEach(one -> serving.put(one.service(), one));
    Optional<Trouble> trouble = rebuilt(services, calledOff);
    if (trouble.isEmpty()) {
      return new End(
          Result.LIVE, "built again, live and verified", List.copyOf(serving.values()), false);
    }
    return takeBack(trouble.get(), running);
  }

  // Whatever breaks may have changed the environment: the rescue must look.
  private Optional<Trouble> rebuilt(List<ServicePolicy> services, BooleanSupplier calledOff) {
    try {
      return deploy(services, calledOff).or(() -> verified(services));
    } catch (TemporalFailure failure) {
      touched = true;
      return Optional.of(
          Trouble.of(Result.FAILED, "stopped by an error: " + failure.getOriginalMessage(), false));
    }
  }

  private Optional<Trouble> deploy(List<ServicePolicy> services, BooleanSupplier calledOff) {
    Rollout rollout = new Rollout(pipeline, before, questions, calledOff);
    for (ServicePolicy service : services) {
      ServiceDeployment now = serving.get(service.name());
      if (now == null) {
        timeline.skipped(STEP, service.name(), "nothing runs");
        continue;
      }
      if (calledOff.getAsBoolean()) {
        return Optional.of(Trouble.cancelled());
      }
      timeline.begin(STEP, service.name());
      Rollout.End end = rollout.deploy(service, now.revision());
      touched |= !nothingMade(end);
      if (!end.good()) {
        timeline.failed(STEP, service.name(), end.detail());
        return Optional.of(
            calledOff.getAsBoolean()
                ? Trouble.cancelled()
                : Trouble.of(Result.FAILED, service.name() + " " + end.detail(), false));
      }
      serving.put(service.name(), end.deployment());
      timeline.done(STEP, service.name(), end.deployment().id());
    }
    return Optional.empty();
  }

  private static boolean nothingMade(Rollout.End end) {
    return end.ending() == Rollout.Ending.KEPT
        || end.ending() == Rollout.Ending.REFUSED
        || (end.ending() == Rollout.Ending.FAILED && end.deployment() == null);
  }

  private Optional<Trouble> verified(List<ServicePolicy> services) {
    Observation observation =
        Observation.of(
                pipeline,
                before,
                new ArrayList<>(serving.values()),
                present == null ? null : present.mergeCommit())
            .withPages();
    return new ReleaseWatch(
            timeline,
            questions,
            observation,
            new SmokeStep(pipeline, before, revision(services)),
            new PlatformWord(pipeline, observation.unversioned(), timeline, questions),
            Duration.ZERO)
        .watch();
  }

  /** What was built again; null = none is known. */
  private String revision(List<ServicePolicy> services) {
    if (present != null && present.revision() != null) {
      return present.revision();
    }
    return services.stream()
        .map(service -> serving.get(service.name()))
        .filter(Objects::nonNull)
        .map(ServiceDeployment::revision)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private End takeBack(Trouble trouble, List<ServiceDeployment> former) {
    if (!touched) {
      return new End(trouble.result(), trouble.detail() + "; nothing was replaced", null, false);
    }
    if (!GoingBack.allowed(
        pipeline.environment().rollback(),
        questions,
        "Go back to the former images?",
        trouble,
        () -> "former deployments: " + GoingBack.ids(former))) {
      return new End(trouble.result(), trouble.detail() + "; left as it is", null, true);
    }
    Rescue.End rescue = new Rescue(pipeline, timeline, questions).putBack(former);
    // Where nothing came back what was built serves, even if the rescue itself changed nothing.
    return new End(
        GoingBack.result(trouble, rescue),
        GoingBack.detail(trouble, rescue),
        rescue.restored() ? rescue.set() : null,
        !rescue.restored());
  }
}
