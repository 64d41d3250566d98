package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.health.SmokeActivities;
import dev.signalbox.workflows.health.SmokeActivities.Outcome;
import dev.signalbox.workflows.health.SmokeActivities.SmokeEnd;
import dev.signalbox.workflows.health.SmokeActivities.SmokeOrder;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.policy.SmokeTest;
import dev.signalbox.workflows.railway.EnvironmentState;
import io.temporal.workflow.Workflow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The user's own test of a release that answers well. */
final class SmokeStep {
  private static final String REVISION = "revision";

  private final Pipeline pipeline;
  private final SmokeTest test;
  private final Map<String, String> values = new HashMap<>();

  /**
   * @param revision null = none is known
   */
  SmokeStep(Pipeline pipeline, EnvironmentState state, String revision) {
    this.pipeline = pipeline;
    this.test = pipeline.environment().verify().smoke();
    values.put(REVISION, revision);
    values.put("environment", pipeline.environment().name());
    for (ServicePolicy service : pipeline.services()) {
      String address = Observation.address(service, state);
      if (address != null) {
        values.put("url." + service.name(), address);
        // The last of the order stands at the end of the chain: what people open.
        values.put("url", address);
      }
    }
  }

  boolean wanted() {
    return test != null;
  }

  SmokeEnd run() {
    return test.unfilled(values)
        .map(
            name ->
                new SmokeEnd(
                    Outcome.NOT_STARTED,
                    null,
                    "{"
                        + name
                        + "} has no value: "
                        + (name.equals(REVISION)
                            ? "no commit is known of what runs"
                            : "the service has no address"),
                    List.of()))
        .orElseGet(this::carryOut);
  }

  private SmokeEnd carryOut() {
    return Workflow.newActivityStub(
            SmokeActivities.class,
            ActivityProfiles.waiting(
                new TaskQueues(pipeline.project().name()).health(), "smoke test", test.timeout()))
        .run(new SmokeOrder(pipeline.project().name(), test.filled(values), test.timeout()));
  }
}
