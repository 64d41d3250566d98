package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.ChangedVariables;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.release.ServiceDeployment;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Names of the variables that an earlier deployment had with other values. Nice to know and nothing
 * more: a rescue does not wait for them, and goes on when they cannot be read.
 */
public final class FormerVariables {
  private final Pipeline pipeline;
  private final EnvironmentState state;
  private final RailwayActivities railway;

  /**
   * @param state the environment's and the services' ids
   * @param longest one read may take
   */
  public FormerVariables(Pipeline pipeline, EnvironmentState state, Duration longest) {
    this.pipeline = pipeline;
    this.state = state;
    this.railway =
        Workflow.newActivityStub(
            RailwayActivities.class,
            ActivityProfiles.quick(
                new TaskQueues(pipeline.project().name()).railway(),
                "which variables change back",
                longest));
  }

  /** For the sentence that asks whether to go back to a set; empty where nothing is to be said. */
  String ofSet(List<ServiceDeployment> set) {
    String names =
        set.stream()
            .filter(one -> pipeline.serviceNames().contains(one.service()))
            .map(
                one ->
                    since(pipeline.service(one.service()), one.id())
                        .filter(changed -> !changed.names().isEmpty())
                        .map(changed -> one.service() + " " + changed.words()))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
    return names.isEmpty() ? "" : "; variables that a rollback changes back: " + names;
  }

  /** Empty = it could not be read. */
  public Optional<ChangedVariables> since(ServicePolicy service, String deploymentId) {
    try {
      return state
          .service(service.railway())
          .map(
              one ->
                  railway.changedVariables(
                      new ChangedVariables.Query(
                          pipeline.project().name(),
                          pipeline.home().project(),
                          state.environmentId(),
                          one.serviceId(),
                          service.name(),
                          deploymentId,
                          pipeline.home().token())));
    } catch (ActivityFailure unread) {
      Causes.rethrowCancel(unread);
      return Optional.empty();
    }
  }
}
