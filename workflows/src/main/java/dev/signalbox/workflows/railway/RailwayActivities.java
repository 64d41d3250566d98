package dev.signalbox.workflows.railway;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;
import java.util.List;

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
   * Deploys one commit where a second deployment of it would be no harm: in a preview. Looks first:
   * one of this commit that is not among those known before is taken for ours.
   * <strong>Marked</strong> by the commit; retried.
   */
  @ActivityMethod
  Sent ensureDeployed(EnsureDeployed order);

  /**
   * @param known ids of the deployments that there were before
   */
  record EnsureDeployed(DeployOrder deploy, String railwayProject, List<String> known) {
    public EnsureDeployed {
      known = known == null ? List.of() : List.copyOf(known);
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
   * Ends a deployment: its service answers no more, and its image is kept for Railway's retention.
   * <strong>Guarded</strong>: what is removed stays so. Answers once Railway shows it as that, and
   * fails as {@code Unavailable}, to be retried, when it does not within ten seconds.
   */
  @ActivityMethod
  void remove(RollbackOrder order);

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
   * Why a deployment failed: Railway's steps and the ends of its logs, without secrets and bounded.
   * One request, to be made at once: logs vanish with Railway's retention.
   */
  @ActivityMethod
  DeploymentFailure readFailure(FailureQuery query);

  /**
   * @param revision that was deployed: in the logs it is no secret; null = not known
   */
  record FailureQuery(
      String project,
      String service,
      String deploymentId,
      String token,
      @JsonInclude(JsonInclude.Include.NON_NULL) String revision) {
    /** By the worker's own token. */
    public FailureQuery(String project, String service, String deploymentId) {
      this(project, service, deploymentId, null, null);
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
   * The command that Railway runs before a new release of a service starts, in this environment.
   * One request, retried; fails for good where Railway refuses it.
   */
  @ActivityMethod
  PreDeploy preDeploy(PreDeployQuery query);

  /**
   * @param token name of the worker's variable that holds it; null = the worker's own
   */
  record PreDeployQuery(
      String project, String environmentId, String serviceId, String service, String token) {}

  /**
   * Sets that command and answers what stands there then. <strong>Guarded</strong>: the same one
   * twice is the same, and where neither the expected nor the new one stands somebody else has
   * changed it, and nothing is set. Fails for good where Railway refuses it.
   */
  @ActivityMethod
  PreDeploy setPreDeploy(PreDeployOrder order);

  /**
   * @param expected what stands there now; empty = none
   * @param command what is to stand there; empty = none
   */
  record PreDeployOrder(
      String project,
      String environmentId,
      String serviceId,
      String service,
      List<String> expected,
      List<String> command,
      String token) {
    public PreDeployOrder {
      expected = expected == null ? List.of() : List.copyOf(expected);
      command = command == null ? List.of() : List.copyOf(command);
    }
  }

  /**
   * @param command each is run after the one before it; empty = there is none
   */
  record PreDeploy(List<String> command) {
    public PreDeploy {
      command = command == null ? List.of() : List.copyOf(command);
    }
  }

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
}
