package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.railway.DeploymentFailure;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.FailureQuery;
import dev.signalbox.workflows.release.ServiceDeployment;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads why deployments failed, at once and beside everything else: the rescue does not wait for
 * it, and that it could not be read stops nothing.
 */
final class FailureReads {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final String project;
  private final String token;
  private final List<Promise<DeploymentFailure>> reads = new ArrayList<>();

  /**
   * @param token name of the variable that holds the token; null = the worker's own
   */
  FailureReads(String project, String token) {
    this.project = project;
    this.token = token;
  }

  void begin(ServiceDeployment failed) {
    reads.add(Async.function(() -> read(failed)));
  }

  /** Waits for what was begun, a minute at most. */
  List<DeploymentFailure> all() {
    return reads.stream().map(Promise::get).toList();
  }

  private DeploymentFailure read(ServiceDeployment failed) {
    try {
      return Workflow.newActivityStub(
              RailwayActivities.class,
              ActivityProfiles.quick(
                  new TaskQueues(project).railway(),
                  "why did " + failed.service() + " fail?",
                  LONGEST))
          .readFailure(
              new FailureQuery(project, failed.service(), failed.id(), token, failed.revision()));
    } catch (ActivityFailure unread) {
      return new DeploymentFailure(
          failed.service(), failed.id(), null, null, null, Reads.reason(unread));
    }
  }
}
