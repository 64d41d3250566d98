package dev.signalbox.workflows.rollback;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.deploy.Observation;
import dev.signalbox.workflows.deploy.Rollout;
import dev.signalbox.workflows.effect.BareStep;
import dev.signalbox.workflows.health.HealthActivities.Verdict;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.Deployment;
import dev.signalbox.workflows.railway.RailwayActivities.EnvironmentQuery;
import dev.signalbox.workflows.railway.RailwayActivities.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts a whole former set back: in reverse order, at most once, and only what was replaced. Never
 * to an image that is gone: then a person is asked. Verified at the end. Runs in the caller's
 * scope, which is a detached one: nobody cancels a rescue.
 */
public final class Rescue {
  private static final String STEP = "rescue";

  private final Pipeline pipeline;
  private final Timeline timeline;
  private final Questions questions;

  public Rescue(Pipeline pipeline, Timeline timeline, Questions questions) {
    this.pipeline = pipeline;
    this.timeline = timeline;
    this.questions = questions;
  }

  /**
   * How a rescue ended.
   *
   * @param set what runs now on the services that it concerned; what could not be put back is
   *     missing
   * @param touched whether anything had to be put back at all
   * @param restored whether every service runs what it should and answers so
   */
  public record End(
      boolean touched, boolean restored, List<ServiceDeployment> set, String detail) {}

  /** Puts {@code target} back. */
  public End putBack(List<ServiceDeployment> target) {
    EnvironmentState now = readEnvironment();
    Rollout rollout = new Rollout(pipeline, now, bareStep());
    List<ServiceDeployment> set = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    List<ServicePolicy> reversed = new ArrayList<>(pipeline.services());
    Collections.reverse(reversed);
    for (ServicePolicy service : reversed) {
      Optional<ServiceDeployment> good =
          target.stream().filter(one -> one.service().equals(service.name())).findFirst();
      if (good.isEmpty()) {
        continue;
      }
      Rollout.End end = putBack(rollout, service, good.get(), now);
      if (end.good()) {
        set.add(0, end.deployment());
      } else {
        failures.add(service.name() + ": " + end.detail());
      }
    }
    if (!failures.isEmpty()) {
      return new End(true, false, withoutNull(set), "not put back: " + String.join("; ", failures));
    }
    if (target.stream().allMatch(good -> serves(good, now))) {
      return new End(false, true, withoutNull(set), "nothing was replaced");
    }
    return verified(now, withoutNull(set));
  }

  private Rollout.End putBack(
      Rollout rollout, ServicePolicy service, ServiceDeployment good, EnvironmentState now) {
    if (serves(good, now)) {
      timeline.skipped(STEP, service.name(), "was never replaced");
      return new Rollout.End(Rollout.Ending.KEPT, good, null);
    }
    timeline.begin(STEP, service.name());
    while (true) {
      List<Deployment> recent = rollout.recent(service);
      boolean possible =
          recent.stream().anyMatch(one -> one.id().equals(good.id()) && one.canRollback());
      Rollout.End end =
          possible
              ? rollout.putBack(service, good, recent.stream().map(Deployment::id).toList())
              : new Rollout.End(
                  Rollout.Ending.FAILED,
                  null,
                  "Railway cannot roll back to " + good.id() + ": its image is gone");
      if (end.good()) {
        timeline.done(STEP, service.name(), "back on " + shorten(good.revision()));
        return end;
      }
      String answer =
          questions.ask(
              STEP + "-" + service.name(),
              service.name()
                  + " could not be put back: "
                  + end.detail()
                  + ". Try again, accept what runs, or stop?",
              "last good deployment " + good.id() + " of commit " + good.revision(),
              List.of("retry", "accept", "abandon"),
              Optional::empty);
      if (answer.equals("accept")) {
        timeline.skipped(STEP, service.name(), "a person accepted what runs");
        return new Rollout.End(Rollout.Ending.KEPT, active(service, now), end.detail());
      }
      if (answer.equals("abandon")) {
        timeline.failed(STEP, service.name(), end.detail());
        return end;
      }
    }
  }

  private boolean serves(ServiceDeployment good, EnvironmentState now) {
    ServiceDeployment active =
        pipeline.services().stream()
            .filter(service -> service.name().equals(good.service()))
            .findFirst()
            .map(service -> active(service, now))
            .orElse(null);
    return active != null && active.id().equals(good.id());
  }

  private static ServiceDeployment active(ServicePolicy service, EnvironmentState now) {
    return now.service(service.railway()).map(ServiceState::active).orElse(null);
  }

  private End verified(EnvironmentState now, List<ServiceDeployment> set) {
    Observation observation = Observation.of(pipeline, now, withoutNull(set), null);
    if (observation.empty()) {
      return new End(
          true,
          true,
          set,
          "back on the last good set (the platform's word: no service has a health path)");
    }
    timeline.begin("verify-rescue");
    VerificationEnd end = observation.verify();
    if (end.verdict() == Verdict.HEALTHY) {
      timeline.done("verify-rescue", end.summary());
      return new End(true, true, set, "back on the last good set, verified");
    }
    timeline.failed("verify-rescue", null, end.summary());
    return new End(
        true, false, set, "back on the last good set, but it is not healthy: " + end.summary());
  }

  private static List<ServiceDeployment> withoutNull(List<ServiceDeployment> set) {
    return set.stream().filter(Objects::nonNull).toList();
  }

  private EnvironmentState readEnvironment() {
    return Workflow.newActivityStub(
            RailwayActivities.class,
            ActivityProfiles.quick(
                new TaskQueues(pipeline.project().name()).railway(), "read what runs"))
        .readEnvironment(
            new EnvironmentQuery(
                pipeline.project().name(),
                pipeline.project().railway(),
                pipeline.environment().name(),
                pipeline.services().stream().map(ServicePolicy::railway).toList(),
                null,
                null));
  }

  private BareStep bareStep() {
    return new BareStep(
        questions,
        pipeline.environment().limits().settle(),
        pipeline.environment().limits().deploy());
  }

  private static String shorten(String revision) {
    return revision == null
        ? "its former image"
        : revision.substring(0, Math.min(7, revision.length()));
  }
}
