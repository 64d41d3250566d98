package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.policy.EnvironmentPolicy.AutoDeploy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.TriggerOrder;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.railway.ServiceState.Trigger;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.workflow.Workflow;

/**
 * Removes Railway's own triggers where the policy wants that: a second one would race ours. Where
 * Railway is away for too long the promotion ends: nothing is merged yet, and others wait.
 */
final class TriggerSwitch {
  private final Preflight preflight;
  private final Timeline timeline;

  TriggerSwitch(Preflight preflight, Timeline timeline) {
    this.preflight = preflight;
    this.timeline = timeline;
  }

  void off() {
    if (preflight.pipeline().environment().autoDeploy() != AutoDeploy.SWITCH_OFF) {
      return;
    }
    preflight.facts().target().services().stream()
        .forEach(service -> service.awake().forEach(trigger -> remove(service, trigger)));
  }

  private void remove(ServiceState service, Trigger trigger) {
    Pipeline pipeline = preflight.pipeline();
    Workflow.newActivityStub(
            RailwayActivities.class,
            ActivityProfiles.quick(
                new TaskQueues(pipeline.project().name()).railway(),
                "remove a trigger",
                pipeline.environment().limits().longestSilence()))
        .removeTrigger(
            new TriggerOrder(
                pipeline.project().name(),
                pipeline.home().project(),
                pipeline.environment().name(),
                trigger.id(),
                pipeline.home().token()));
    timeline.done(
        "switch-off",
        service.railway(),
        "removed the trigger on "
            + trigger.branch()
            + "; to put it back: "
            + back(service, trigger));
  }

  /** Railway's mutation with the values that the trigger had. */
  private String back(ServiceState service, Trigger trigger) {
    return String.format(
        "deploymentTriggerCreate(input: {projectId: \"%s\", environmentId: \"%s\","
            + " serviceId: \"%s\", provider: \"github\", repository: \"%s\", branch: \"%s\","
            + " checkSuites: %s}) { id }",
        preflight.pipeline().home().project(),
        preflight.facts().target().environmentId(),
        service.serviceId(),
        trigger.repository(),
        trigger.branch(),
        trigger.waitsForChecks());
  }
}
