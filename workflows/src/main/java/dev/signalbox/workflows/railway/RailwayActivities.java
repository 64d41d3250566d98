package dev.signalbox.workflows.railway;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.Pipeline.Home;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.release.ServiceDeployment;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Railway, as the workflows need it. A reply with {@code errors} is a failure whatever its HTTP
 * status.
 *
 * <p>Every record's {@code token} names the worker's variable that holds the token to act by; null
 * = the worker's own.
 *
 * <p>Source of the operations: Railway's public GraphQL API,
 * https://docs.railway.com/integrations/api.
 */
@ActivityInterface(namePrefix = "Railway")
public interface RailwayActivities {

  /**
   * What stands in one environment: instances with their active and latest deployments, addresses,
   * triggers, and the ids of recent deployments (the baseline of every bare step). One request, and
   * one more for each service whose newest deployments the whole page does not hold, or that has no
   * active one. Variables cost two more and one for each service, one for each other project, and
   * one for each service of other environments where a value has a public host with a port.
   */
  @ActivityMethod
  EnvironmentState readEnvironment(EnvironmentQuery query);

  /**
   * @param environment Railway's name of the environment
   * @param services Railway's names of the services; others are left out
   * @param variables whether the variables of the services are read too
   * @param others other Railway projects to which no variable may lead
   */
  record EnvironmentQuery(
      String project,
      String railwayProject,
      String environment,
      List<String> services,
      String token,
      boolean variables,
      List<Home> others) {
    /** Where there is no other Railway project. */
    public EnvironmentQuery(
        String project,
        String railwayProject,
        String environment,
        List<String> services,
        String token,
        boolean variables) {
      this(project, railwayProject, environment, services, token, variables, null);
    }

    /** Of a pipeline's own environment with all its services, without the variables. */
    public static EnvironmentQuery of(Pipeline pipeline) {
      return new EnvironmentQuery(
          pipeline.project().name(),
          pipeline.home().project(),
          pipeline.environment().name(),
          pipeline.services().stream().map(ServicePolicy::railway).toList(),
          pipeline.home().token());
    }

    /** Without the variables. */
    public EnvironmentQuery(
        String project,
        String railwayProject,
        String environment,
        List<String> services,
        String token) {
      this(project, railwayProject, environment, services, token, false);
    }

    /** By the worker's own token. */
    public EnvironmentQuery(
        String project, String railwayProject, String environment, List<String> services) {
      this(project, railwayProject, environment, services, null, false);
    }

    public EnvironmentQuery {
      services = services == null ? List.of() : List.copyOf(services);
      others = others == null ? List.of() : List.copyOf(others);
    }
  }

  /**
   * @param incident why Railway itself is not well, or does not say whether it is; null = it says
   *     that it is
   * @param variables null when they were not asked for
   * @param others what else the environment has, each as {@code name (id)}
   */
  record EnvironmentState(
      String environmentId,
      List<ServiceState> services,
      String fingerprint,
      String incident,
      VariablesState variables,
      List<String> others) {
    public EnvironmentState {
      services = services == null ? List.of() : List.copyOf(services);
      others = others == null ? List.of() : List.copyOf(others);
    }

    /** Why a service is not there, in words. */
    public String missing(String railwayName) {
      return "Railway has no service named "
          + railwayName
          + " in this environment ("
          + environmentId
          + "): deleted, or renamed? It has "
          + Stream.concat(
                  services.stream().map(one -> one.railway() + " (" + one.serviceId() + ")"),
                  others.stream())
              .collect(Collectors.joining(", "));
    }

    public EnvironmentState(
        String environmentId, List<ServiceState> services, String fingerprint, String incident) {
      this(environmentId, services, fingerprint, incident, null, null);
    }

    public EnvironmentState(
        String environmentId,
        List<ServiceState> services,
        String fingerprint,
        String incident,
        VariablesState variables) {
      this(environmentId, services, fingerprint, incident, variables, null);
    }

    public Optional<ServiceState> service(String railwayName) {
      return services.stream().filter(state -> state.railway().equals(railwayName)).findFirst();
    }
  }

  /**
   * @param railway Railway's name of the service
   * @param active what serves now; null = nothing
   * @param latest the newest deployment, also one in progress; null = none
   * @param url base address from Railway's domains, custom before generated; null = none
   * @param triggers what would deploy this service on a push; empty = Railway never deploys it by
   *     itself
   * @param recent ids of the newest deployments of any status: the baseline
   * @param completed whether the process of the active one has ended without a fault, or runs only
   *     at the ticks of a clock: what a job is for
   * @param activeTagged whether Railway names an image of the active one
   */
  record ServiceState(
      String railway,
      String serviceId,
      ServiceDeployment active,
      ServiceDeployment latest,
      String url,
      List<Trigger> triggers,
      List<String> recent,
      boolean completed,
      boolean activeTagged) {
    /** Of one whose image is not known. */
    public ServiceState(
        String railway,
        String serviceId,
        ServiceDeployment active,
        ServiceDeployment latest,
        String url,
        List<Trigger> triggers,
        List<String> recent,
        boolean completed) {
      this(railway, serviceId, active, latest, url, triggers, recent, completed, false);
    }

    /** Of a service that runs. */
    public ServiceState(
        String railway,
        String serviceId,
        ServiceDeployment active,
        ServiceDeployment latest,
        String url,
        List<Trigger> triggers,
        List<String> recent) {
      this(railway, serviceId, active, latest, url, triggers, recent, false);
    }

    public ServiceState {
      triggers = triggers == null ? List.of() : List.copyOf(triggers);
      recent = recent == null ? List.of() : List.copyOf(recent);
    }
  }

  record Trigger(String id, String repository, String branch, boolean waitsForChecks) {}

  /**
   * Deploys one commit to one service and answers Railway's new deployment id.
   * <strong>Bare</strong>: one attempt, heartbeat {@code sending} before the call; {@link
   * dev.signalbox.workflows.effect.BareStep} decides what a failure means.
   */
  @ActivityMethod
  Sent deploy(DeployOrder order);

  record DeployOrder(
      String project,
      String environmentId,
      String serviceId,
      String service,
      String revision,
      String token) {
    /** By the worker's own token. */
    public DeployOrder(
        String project, String environmentId, String serviceId, String service, String revision) {
      this(project, environmentId, serviceId, service, revision, null);
    }
  }

  /**
   * Puts an earlier deployment's image back as a new deployment. <strong>Bare</strong>; Railway
   * answers no id, the baseline finds it.
   */
  @ActivityMethod
  Sent rollback(RollbackOrder order);

  /**
   * @param deploymentId the deployment to go back to
   */
  record RollbackOrder(String project, String service, String deploymentId, String token) {
    /** By the worker's own token. */
    public RollbackOrder(String project, String service, String deploymentId) {
      this(project, service, deploymentId, null);
    }
  }

  /**
   * Starts the container of a deployment again, with the same image. <strong>Bare</strong>, and
   * nothing that could be read back tells whether it happened: it is never sent a second time.
   */
  @ActivityMethod
  Sent restart(RestartOrder order);

  /**
   * @param token name of the worker's variable that holds it; null = the worker's own
   */
  record RestartOrder(String project, String service, String deploymentId, String token) {}

  /**
   * Starts an earlier deployment's image once more as a new deployment, with today's variables.
   * <strong>Bare</strong>; Railway answers the new id.
   */
  @ActivityMethod
  Sent redeployImage(RollbackOrder order);

  /**
   * @param deploymentId null when Railway's answer names none
   */
  record Sent(String deploymentId) {}

  /** The newest deployments of one service, for reading a bare step back. */
  @ActivityMethod
  RecentDeployments recentDeployments(RecentQuery query);

  /**
   * @param most how many; null = the last ten
   */
  record RecentQuery(
      String project,
      String railwayProject,
      String environmentId,
      String serviceId,
      String service,
      String token,
      @JsonInclude(JsonInclude.Include.NON_NULL) Integer most) {
    /** The last ten. */
    public RecentQuery(
        String project,
        String railwayProject,
        String environmentId,
        String serviceId,
        String service,
        String token) {
      this(project, railwayProject, environmentId, serviceId, service, token, null);
    }

    /** By the worker's own token. */
    public RecentQuery(
        String project,
        String railwayProject,
        String environmentId,
        String serviceId,
        String service) {
      this(project, railwayProject, environmentId, serviceId, service, null);
    }
  }

  /**
   * Newest first.
   *
   * @param retention how long Railway keeps the image of a deployment that was replaced; null = its
   *     plan is not known
   */
  record RecentDeployments(List<Deployment> deployments, Duration retention) {
    public RecentDeployments {
      deployments = deployments == null ? List.of() : List.copyOf(deployments);
    }
  }

  /**
   * @param revision null when Railway does not say
   * @param skippedReason set for SKIPPED only
   * @param canRollback whether Railway keeps its image and would go back to it
   * @param hasImage whether an image of it was made; Railway may have dropped it since
   * @param endedAt since when it has its status; null = not known
   * @param completed whether its process has ended without a fault, or runs only at the ticks of a
   *     clock; says something only beside {@link Status#ACTIVE}
   */
  record Deployment(
      String id,
      String revision,
      Status status,
      String rawStatus,
      String skippedReason,
      boolean canRollback,
      Instant createdAt,
      boolean hasImage,
      Instant endedAt,
      boolean completed) {
    /** Of one that serves, or did not come so far. */
    public Deployment(
        String id,
        String revision,
        Status status,
        String rawStatus,
        String skippedReason,
        boolean canRollback,
        Instant createdAt,
        boolean hasImage,
        Instant endedAt) {
      this(
          id,
          revision,
          status,
          rawStatus,
          skippedReason,
          canRollback,
          createdAt,
          hasImage,
          endedAt,
          false);
    }
  }

  /** What a deployment's variables were, compared with today's, by name. One request. */
  @ActivityMethod
  ChangedVariables changedVariables(ChangedVariables.Query query);

  /**
   * Waits until the deployment has ended, or a limit has passed: one long heartbeating read, at
   * most one request per {@code poll}, the first at once. CRASHED within 30 s of the start is read
   * on, because some come back. A job's has ended once its process has, or was built for the ticks
   * of a clock.
   *
   * @throws io.temporal.failure.ApplicationFailure type {@code Unavailable}, not retried, when
   *     Railway has not answered for {@code away}
   */
  @ActivityMethod
  DeploymentEnd awaitDeployment(AwaitOrder order);

  /**
   * @param since when the wait began, for one that is taken up again; null = now
   * @param build longest time from the deployment's creation to the end of its build; null = none
   * @param deploy longest time of all
   * @param away longest time without an answer
   * @param told phases of which {@link Slow} is known already
   * @param job whether a deployment that still runs has not ended
   */
  record AwaitOrder(
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
  }

  /** What of a deployment has a limit of its own. */
  enum Phase {
    @JsonProperty("build")
    BUILD,
    @JsonProperty("deploy")
    DEPLOY;

    public String word() {
      return this == BUILD ? "build" : "deploy";
    }
  }

  /**
   * @param timedOut a limit passed first; {@code last} is what was last seen
   * @param detail Railway's own reason where it gives one (failed step, log tail), or which limit
   *     passed; null = none
   * @param slow set when it has not ended and two thirds of a limit have passed: the wait is to be
   *     taken up again
   */
  record DeploymentEnd(Deployment last, boolean timedOut, String detail, Slow slow) {}

  /**
   * @param since when the wait began
   */
  record Slow(Phase phase, Instant since, String sentence) {}

  /**
   * Why a deployment failed: Railway's steps and the ends of its logs, without secrets and bounded.
   * One request, to be made at once: logs vanish with Railway's retention.
   */
  @ActivityMethod
  DeploymentFailure readFailure(FailureQuery query);

  record FailureQuery(String project, String service, String deploymentId, String token) {
    /** By the worker's own token. */
    public FailureQuery(String project, String service, String deploymentId) {
      this(project, service, deploymentId, null);
    }
  }

  /**
   * @param steps that went wrong, each with Railway's words
   * @param buildLog its last lines, oldest first
   * @param deployLog its last lines, oldest first
   * @param unread why none of it could be read; null = it was
   */
  record DeploymentFailure(
      String service,
      String deploymentId,
      List<String> steps,
      List<String> buildLog,
      List<String> deployLog,
      String unread) {
    public DeploymentFailure {
      steps = steps == null ? List.of() : List.copyOf(steps);
      buildLog = buildLog == null ? List.of() : List.copyOf(buildLog);
      deployLog = deployLog == null ? List.of() : List.copyOf(deployLog);
    }
  }

  /**
   * Waits until Railway has made a deployment of a pushed commit by itself: one long heartbeating
   * read, at most one request per {@code poll}, the first at once. Ends early when it made one of
   * another commit, and none of ours within {@code settle} of that. Fails for good when nobody
   * answers for {@code away}.
   */
  @ActivityMethod
  Pushed awaitPush(PushOrder order);

  /**
   * @param baseline ids that existed before the push
   * @param away null = however long Railway is away
   */
  record PushOrder(
      String project,
      String railwayProject,
      String environmentId,
      String serviceId,
      String service,
      String commit,
      List<String> baseline,
      Duration limit,
      Duration settle,
      Duration away,
      Duration poll,
      String token) {
    public PushOrder {
      baseline = baseline == null ? List.of() : List.copyOf(baseline);
    }
  }

  /**
   * @param deploymentId of the pushed commit; null = there is none
   * @param others new deployments of something else, newest first
   */
  record Pushed(String deploymentId, List<Deployment> others) {
    public Pushed {
      others = others == null ? List.of() : List.copyOf(others);
    }
  }

  /**
   * Removes a deployment trigger. Guarded: gone already is success. Railway refuses a trigger that
   * is gone as it refuses one that the token may not touch, so a refusal is success only where the
   * environment is seen without it.
   */
  @ActivityMethod
  void removeTrigger(TriggerOrder order);

  /**
   * @param environment Railway's name of the environment that the trigger deploys to
   */
  record TriggerOrder(
      String project, String railwayProject, String environment, String triggerId, String token) {
    /** By the worker's own token. */
    public TriggerOrder(
        String project, String railwayProject, String environment, String triggerId) {
      this(project, railwayProject, environment, triggerId, null);
    }
  }

  /** Railway's deployment statuses, sorted by what a waiting pipeline does. */
  enum Status {
    @JsonProperty("inProgress")
    IN_PROGRESS,
    @JsonProperty("needsApproval")
    NEEDS_APPROVAL,
    @JsonProperty("active")
    ACTIVE,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("crashed")
    CRASHED,
    @JsonProperty("skipped")
    SKIPPED,
    @JsonProperty("removed")
    REMOVED,
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN
  }
}
