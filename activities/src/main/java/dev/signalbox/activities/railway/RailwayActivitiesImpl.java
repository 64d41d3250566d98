package dev.signalbox.activities.railway;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.http.BareCall;
import dev.signalbox.activities.http.Credential;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.railway.DeploymentWatch.Progress;
import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.railway.AwaitOrder;
import dev.signalbox.workflows.railway.ChangedVariables;
import dev.signalbox.workflows.railway.DeploymentEnd;
import dev.signalbox.workflows.railway.DeploymentFailure;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RecentDeployments;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Railway with care: one effect for each order, and waits that survive their worker. */
public final class RailwayActivitiesImpl implements RailwayActivities {
  /**
   * How many deployments are listed when a bare step is read back. The baseline holds at least as
   * many for each service, else an old one would look new.
   */
  static final int RECENT = 10;

  private final RailwayClients clients;
  private final Set<String> projects;
  private final String serviceScheme;
  private final Clock clock;
  private final Pace pace;

  /** Every environment by one token. */
  public RailwayActivitiesImpl(
      RailwayClient railway, Set<String> projects, String serviceScheme, Clock clock, Pace pace) {
    this(RailwayClients.only(railway), projects, serviceScheme, clock, pace);
  }

  /**
   * @param projects that this worker serves
   * @param serviceScheme of the services' addresses: {@code https}; the sandbox's are {@code http}
   */
  public RailwayActivitiesImpl(
      RailwayClients clients, Set<String> projects, String serviceScheme, Clock clock, Pace pace) {
    this.clients = clients;
    this.projects = Set.copyOf(projects);
    this.serviceScheme = serviceScheme;
    this.clock = clock;
    this.pace = pace;
  }

  @Override
  public EnvironmentState readEnvironment(EnvironmentQuery query) {
    Failures.requireServed(query.project(), projects);
    return Failures.mapped(
        () ->
            new EnvironmentReading(clients.by(query.token()), serviceScheme, RECENT, clients::by)
                .read(query));
  }

  @Override
  public Sent deploy(DeployOrder order) {
    return once(
        order.project(),
        order.token(),
        (railway, as, deadline) ->
            new Sent(
                railway.deploy(
                    order.environmentId(),
                    order.serviceId(),
                    order.service(),
                    order.revision(),
                    as,
                    deadline)));
  }

  @Override
  public Sent ensureDeployed(EnsureDeployed order) {
    DeployOrder deploy = order.deploy();
    Failures.requireServed(deploy.project(), projects);
    return Failures.mapped(
        () -> {
          RailwayClient railway = clients.by(deploy.token());
          return new Sent(
              madeSince(order)
                  .orElseGet(
                      () ->
                          railway.deploy(
                              deploy.environmentId(),
                              deploy.serviceId(),
                              deploy.service(),
                              deploy.revision(),
                              railway.credential(),
                              pace.now().plus(ActivityProfiles.QUICK_CALL))));
        });
  }

  /** By an attempt whose answer was lost. */
  private Optional<String> madeSince(EnsureDeployed order) {
    DeployOrder deploy = order.deploy();
    return recent(
            new RecentQuery(
                deploy.project(),
                order.railwayProject(),
                deploy.environmentId(),
                deploy.serviceId(),
                deploy.service(),
                deploy.token(),
                null))
        .deployments()
        .stream()
        .filter(one -> deploy.revision().equals(one.revision()))
        .map(one -> one.id())
        .filter(id -> !order.known().contains(id))
        .findFirst();
  }

  @Override
  public Sent rollback(RollbackOrder order) {
    return once(
        order.project(),
        order.token(),
        (railway, as, deadline) -> {
          railway.rollback(order.deploymentId(), order.service(), as, deadline);
          return new Sent(null);
        });
  }

  @Override
  public Sent restart(RestartOrder order) {
    return once(
        order.project(),
        order.token(),
        (railway, as, deadline) -> {
          railway.restart(order.deploymentId(), order.service(), as, deadline);
          return new Sent(order.deploymentId());
        });
  }

  @Override
  public Sent redeployImage(RollbackOrder order) {
    return once(
        order.project(),
        order.token(),
        (railway, as, deadline) ->
            new Sent(railway.redeployImage(order.deploymentId(), order.service(), as, deadline)));
  }

  /** A bare step's own call; everything that it needs is there. */
  @FunctionalInterface
  private interface Sending {
    Sent send(RailwayClient railway, Credential as, Instant deadline);
  }

  private Sent once(String project, String token, Sending sending) {
    Failures.requireServed(project, projects);
    BareCall call = new BareCall(Activity.getExecutionContext(), clock);
    RailwayClient railway = beforehand(() -> clients.by(token));
    Credential as = beforehand(railway::credential);
    return call.send(deadline -> sending.send(railway, as, deadline));
  }

  /** A read that a bare step needs: whatever becomes of it, the step's call did not leave. */
  static <T> T beforehand(Supplier<T> read) {
    try {
      return read.get();
    } catch (ApiException e) {
      if (e.is(Kind.UNAVAILABLE) || e.is(Kind.UNKNOWN_OUTCOME)) {
        throw Failures.notSent(e.getMessage(), e);
      }
      throw Failures.ofBare(e);
    }
  }

  @Override
  public void remove(RollbackOrder order) {
    Failures.requireServed(order.project(), projects);
    Failures.mapped(() -> new Removal(clients.by(order.token()), order, pace).carryOut());
  }

  @Override
  public RecentDeployments recentDeployments(RecentQuery query) {
    Failures.requireServed(query.project(), projects);
    return Failures.mapped(() -> recent(query));
  }

  private RecentDeployments recent(RecentQuery query) {
    RecentPage page =
        clients
            .by(query.token())
            .deployments(
                query.railwayProject(),
                query.environmentId(),
                query.serviceId(),
                query.most() == null ? RECENT : query.most());
    return new RecentDeployments(
        page.deployments().stream()
            .sorted(EnvironmentReading.NEWEST_FIRST)
            .map(EnvironmentReading::deployment)
            .toList(),
        ImageRetention.of(page.plan()));
  }

  @Override
  public ChangedVariables changedVariables(ChangedVariables.Query query) {
    Failures.requireServed(query.project(), projects);
    return Failures.mapped(
        () ->
            new ChangedVariables(
                clients
                    .by(query.token())
                    .variables()
                    .changedSince(
                        query.railwayProject(),
                        query.environmentId(),
                        query.serviceId(),
                        query.deploymentId())));
  }

  @Override
  public DeploymentEnd awaitDeployment(AwaitOrder order) {
    Failures.requireServed(order.project(), projects);
    ActivityExecutionContext context = Activity.getExecutionContext();
    return Failures.mapped(
        () ->
            new DeploymentWatch(
                    clients.by(order.token()),
                    order,
                    pace,
                    context.getHeartbeatDetails(Progress.class),
                    context::heartbeat)
                .watch());
  }

  @Override
  public DeploymentFailure readFailure(FailureQuery query) {
    Failures.requireServed(query.project(), projects);
    return Failures.mapped(() -> FailureReading.read(clients.by(query.token()), query));
  }

  @Override
  public Pushed awaitPush(PushOrder order) {
    Failures.requireServed(order.project(), projects);
    ActivityExecutionContext context = Activity.getExecutionContext();
    return Failures.mapped(
        () ->
            new PushWatch(
                    clients.by(order.token()),
                    order,
                    pace,
                    context.getHeartbeatDetails(PushWatch.Progress.class),
                    context::heartbeat)
                .watch());
  }

  @Override
  public void removeTrigger(TriggerOrder order) {
    Failures.requireServed(order.project(), projects);
    Failures.mapped(
        () -> {
          try {
            clients.by(order.token()).deleteTrigger(order.triggerId());
          } catch (ApiException e) {
            boolean refused = e.is(Kind.NOT_FOUND) || e.is(Kind.REJECTED);
            if (!refused || !gone(order)) {
              throw e;
            }
          }
        });
  }

  private boolean gone(TriggerOrder order) {
    return clients
        .by(order.token())
        .environment(order.railwayProject(), order.environment())
        .filter(
            environment ->
                environment.triggers().stream()
                    .noneMatch(trigger -> trigger.id().equals(order.triggerId())))
        .isPresent();
  }

  @Override
  public PreDeploy preDeploy(PreDeployQuery query) {
    Failures.requireServed(query.project(), projects);
    return Failures.mapped(
        () ->
            new PreDeploy(
                clients
                    .by(query.token())
                    .preDeploy()
                    .commands(query.environmentId(), query.serviceId(), query.service())));
  }

  @Override
  public PreDeploy setPreDeploy(PreDeployOrder order) {
    Failures.requireServed(order.project(), projects);
    return Failures.mapped(
        () -> {
          RailwayPreDeploy preDeploy = clients.by(order.token()).preDeploy();
          List<String> now =
              preDeploy.commands(order.environmentId(), order.serviceId(), order.service());
          if (now.equals(order.command()) || !now.equals(order.expected())) {
            return new PreDeploy(now);
          }
          preDeploy.set(order.environmentId(), order.serviceId(), order.service(), order.command());
          return new PreDeploy(
              preDeploy.commands(order.environmentId(), order.serviceId(), order.service()));
        });
  }
}
