package dev.signalbox.workflows.railway;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.workflows.railway.DeploymentEnd.Slow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which deployment to wait for, and how long.
 *
 * @param since when the wait began, for one that is taken up again; null = now
 * @param build longest time from the deployment's creation to the end of its build; null = none
 * @param deploy longest time of all
 * @param away longest time without an answer
 * @param told phases of which {@link Slow} is known already
 * @param job whether a deployment that still runs has not ended
 */
public record AwaitOrder(
    String project,
    String service,
    String deploymentId,
    Instant since,
    Duration build,
    Duration deploy,
    Duration away,
    Duration poll,
    List<Phase> told,
    String token,
    boolean job) {
  /** Of a service that serves, by the worker's own token. */
  public AwaitOrder(
      String project,
      String service,
      String deploymentId,
      Instant since,
      Duration build,
      Duration deploy,
      Duration away,
      Duration poll,
      List<Phase> told) {
    this(project, service, deploymentId, since, build, deploy, away, poll, told, null, false);
  }

  public AwaitOrder {
    told = told == null ? List.of() : List.copyOf(told);
  }

  /** What of a deployment has a limit of its own. */
  public enum Phase {
    @JsonProperty("build")
    BUILD,
    @JsonProperty("deploy")
    DEPLOY;

    public String word() {
      return this == BUILD ? "build" : "deploy";
    }
  }
}
