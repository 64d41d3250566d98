package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.railway.AwaitOrder;
import dev.signalbox.workflows.railway.ChangedVariables;
import dev.signalbox.workflows.railway.Deployment;
import dev.signalbox.workflows.railway.Deployment.Status;
import dev.signalbox.workflows.railway.DeploymentEnd;
import dev.signalbox.workflows.railway.DeploymentFailure;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.DeployOrder;
import dev.signalbox.workflows.railway.RailwayActivities.EnsureDeployed;
import dev.signalbox.workflows.railway.RailwayActivities.FailureQuery;
import dev.signalbox.workflows.railway.RailwayActivities.PreDeploy;
import dev.signalbox.workflows.railway.RailwayActivities.PreDeployOrder;
import dev.signalbox.workflows.railway.RailwayActivities.PushOrder;
import dev.signalbox.workflows.railway.RailwayActivities.Pushed;
import dev.signalbox.workflows.railway.RailwayActivities.RecentQuery;
import dev.signalbox.workflows.railway.RailwayActivities.RollbackOrder;
import dev.signalbox.workflows.railway.RailwayActivities.Sent;
import dev.signalbox.workflows.railway.RecentDeployments;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.railway.ServiceState.Trigger;
import dev.signalbox.workflows.release.ServiceDeployment;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A Railway with a backend and a frontend in which everything works at once, until a test says
 * otherwise: what becomes of the next waits, and when nobody answers.
 */
public final class RailwayStage {
  private static final int RECENT = 10;

  public static final String GOOD = "a".repeat(40);

  private final TestWorkflowEnvironment engine;
  private final Map<String, List<Deployment>> deployments = new LinkedHashMap<>();
  private final Deque<Function<AwaitOrder, DeploymentEnd>> waits = new ArrayDeque<>();
  private final List<String> deeds = new ArrayList<>();
  private final Map<String, List<String>> changed = new HashMap<>();
  private final Set<String> refused = new HashSet<>();
  private final List<AwaitOrder> waited = new CopyOnWriteArrayList<>();
  private volatile long awayUntil = Long.MIN_VALUE;
  private volatile String notFoundAt;
  private volatile BooleanSupplier gone;
  private final List<PushOrder> awaitedPushes = new CopyOnWriteArrayList<>();
  private boolean deploysPushes;
  volatile RuntimeException unseen;
  private int made;
  private String failsAt = "BUILD_IMAGE: no space";
  private List<String> deployLog = List.of();
  private List<String> preDeploy = List.of();

  public RailwayStage(TestWorkflowEnvironment engine) {
    this.engine = engine;
    for (String service : List.of("backend", "frontend")) {
      deployments.put(service, new ArrayList<>());
      put(service, deployment("good-" + service, GOOD, Status.ACTIVE));
    }
  }

  public RailwayActivities activities() {
    Map<String, Function<Object, ?>> known =
        new HashMap<>(
            Map.of(
                "readEnvironment", any -> answered(() -> state(List.of())),
                "recentDeployments", query -> answered(() -> recent((RecentQuery) query)),
                "deploy", order -> deploy((DeployOrder) order),
                "rollback", order -> formerImage("rollback", (RollbackOrder) order),
                "redeployImage", order -> formerImage("redeploy", (RollbackOrder) order),
                "changedVariables",
                    query ->
                        answered(
                            () ->
                                new ChangedVariables(
                                    changed.getOrDefault(
                                        ((ChangedVariables.Query) query).service(), List.of()))),
                "awaitPush", order -> pushed((PushOrder) order),
                "awaitDeployment", order -> awaited((AwaitOrder) order),
                "readFailure", query -> answered(() -> failure((FailureQuery) query))));
    known.put("ensureDeployed", order -> deploy(found(((EnsureDeployed) order).deploy())));
    known.put("remove", order -> removed((RollbackOrder) order));
    known.put("preDeploy", any -> new PreDeploy(preDeploy));
    known.put("setPreDeploy", order -> set((PreDeployOrder) order));
    return Engine.knowing(RailwayActivities.class, known);
  }

  /** Nobody answers a read for so long. */
  public void away(Duration time) {
    awayUntil = engine.currentTimeMillis() + time.toMillis();
  }

  /** Nobody answers a read until {@link #back}. */
  public void away() {
    awayUntil = Long.MAX_VALUE;
  }

  public void back() {
    awayUntil = engine.currentTimeMillis();
  }

  /** Since when it has answered again. */
  Instant backAt() {
    return Instant.ofEpochMilli(awayUntil);
  }

  /** What the next wait for a deployment comes to; those after it end active. */
  public void nextWait(Function<AwaitOrder, DeploymentEnd> end) {
    waits.add(end);
  }

  /** The next wait gives up, as the activity does when Railway has not answered for long. */
  public void nextWaitIsSilent() {
    nextWait(
        order -> {
          throw silent();
        });
  }

  /** As long as this is so its environment is not found when this service is to be deployed. */
  public void isNotFoundAt(String service, BooleanSupplier so) {
    gone = so;
    notFoundAt = service;
  }

  private DeployOrder found(DeployOrder order) {
    if (order.service().equals(notFoundAt) && gone.getAsBoolean()) {
      throw ApplicationFailure.newNonRetryableFailure(
          "no environment of that name", FailureType.NOT_FOUND.wireName());
    }
    return order;
  }

  private static ApplicationFailure silent() {
    return ApplicationFailure.newNonRetryableFailure(
        "Railway has not answered for 5m: 503", FailureType.UNAVAILABLE.wireName());
  }

  /** What was sent, in order. */
  public List<String> deeds() {
    return List.copyOf(deeds);
  }

  /** As the promotion read it: with triggers, which are gone whenever it is read again. */
  public EnvironmentState state() {
    return state(List.of(new Trigger("trigger", "example/app", "main", false)));
  }

  private EnvironmentState state(List<Trigger> triggers) {
    return new EnvironmentState(
        "env",
        deployments.keySet().stream().map(name -> service(name, triggers)).toList(),
        "f",
        null);
  }

  public DeploymentEnd active(AwaitOrder order) {
    Deployment ended = change(order, Status.ACTIVE);
    return new DeploymentEnd(ended, false, null, null);
  }

  public DeploymentEnd failed(AwaitOrder order) {
    return new DeploymentEnd(change(order, Status.FAILED), false, "BUILD_IMAGE: no space", null);
  }

  /** These variables of a service have other values today than its good deployment took. */
  public void changeVariables(String service, String... names) {
    changed.put(service, List.of(names));
  }

  /** Somebody else's deployment takes the place of ours. */
  public void deployedByAnother(String service, String revision) {
    put(service, deployment("foreign-" + service, revision, Status.ACTIVE));
  }

  /** Railway has made this of a push by itself. */
  public void deployedByItself(String service, String id, String revision, Status status) {
    if (status == Status.ACTIVE) {
      replaceActive(deployments.get(service));
    }
    put(service, deployment(id, revision, status));
  }

  /** Railway makes a deployment of the push as soon as somebody waits for it. */
  void deployingPushesLate() {
    deploysPushes = true;
  }

  private Pushed pushed(PushOrder order) {
    if (isAway()) {
      throw silent();
    }
    awaitedPushes.add(order);
    if (unseen != null) {
      throw unseen;
    }
    if (deploysPushes) {
      deployedByItself(
          order.service(), "own-" + order.service(), order.commit(), Status.IN_PROGRESS);
    }
    List<Deployment> fresh =
        deployments.get(order.service()).stream()
            .filter(one -> !order.baseline().contains(one.id()))
            .toList();
    return new Pushed(
        fresh.stream()
            .filter(one -> order.commit().equals(one.revision()))
            .map(Deployment::id)
            .findFirst()
            .orElse(null),
        fresh.stream().filter(one -> !order.commit().equals(one.revision())).toList());
  }

  /** Every wait for what Railway makes of a push. */
  List<PushOrder> awaitedPushes() {
    return List.copyOf(awaitedPushes);
  }

  private <T> T answered(Supplier<T> answer) {
    if (isAway()) {
      throw ApplicationFailure.newFailure("Railway is away", FailureType.UNAVAILABLE.wireName());
    }
    return answer.get();
  }

  private boolean isAway() {
    return engine.currentTimeMillis() < awayUntil;
  }

  private ServiceState service(String name, List<Trigger> triggers) {
    List<Deployment> all = deployments.get(name);
    ServiceDeployment active =
        all.stream()
            .filter(one -> one.status() == Status.ACTIVE)
            .findFirst()
            .map(one -> named(name, one))
            .orElse(null);
    return new ServiceState(
        name,
        name,
        active,
        named(name, all.get(0)),
        "http://" + name,
        triggers,
        all.stream().map(Deployment::id).toList());
  }

  private static ServiceDeployment named(String service, Deployment deployment) {
    return new ServiceDeployment(
        service, deployment.id(), deployment.revision(), true, deployment.createdAt());
  }

  private RecentDeployments recent(RecentQuery query) {
    return new RecentDeployments(
        deployments.get(query.service()).stream()
            .limit(query.most() == null ? RECENT : query.most())
            .toList(),
        null);
  }

  private Sent deploy(DeployOrder order) {
    requireAllowed("deploy");
    deeds.add("deploy " + order.service() + " " + order.revision().charAt(0));
    return new Sent(begun(order.service(), order.revision()));
  }

  /** Railway has dropped the images of what served before. */
  public void dropImages(boolean entirely) {
    deployments.replaceAll(
        (service, all) ->
            new ArrayList<>(
                all.stream()
                    .map(
                        one ->
                            new Deployment(
                                one.id(),
                                one.revision(),
                                one.status(),
                                one.rawStatus(),
                                null,
                                false,
                                one.createdAt(),
                                !entirely,
                                null))
                    .toList()));
  }

  /** Says no for good to this from now on: "rollback", "redeploy", "remove" or "deploy". */
  public void refuse(String deed) {
    refused.add(deed);
  }

  private void requireAllowed(String deed) {
    if (refused.contains(deed)) {
      throw ApplicationFailure.newNonRetryableFailure(
          "Railway refuses to " + deed, FailureType.REJECTED.wireName());
    }
  }

  private Sent formerImage(String deed, RollbackOrder order) {
    requireAllowed(deed);
    deeds.add(deed + " " + order.service());
    return new Sent(begun(order.service(), GOOD));
  }

  private Object removed(RollbackOrder order) {
    requireAllowed("remove");
    deeds.add("remove " + order.service());
    deployments
        .get(order.service())
        .replaceAll(one -> one.id().equals(order.deploymentId()) ? in(one, Status.REMOVED) : one);
    return null;
  }

  private String begun(String service, String revision) {
    String id = "d-" + ++made;
    put(service, deployment(id, revision, Status.IN_PROGRESS));
    return id;
  }

  /** Every wait for a deployment, in order. */
  public List<AwaitOrder> waited() {
    return List.copyOf(waited);
  }

  private DeploymentFailure failure(FailureQuery query) {
    return new DeploymentFailure(
        query.service(),
        query.deploymentId(),
        List.of(failsAt),
        List.of("step 1", "no space left"),
        deployLog,
        null);
  }

  /** What Railway says of deployments that fail. */
  void failingAt(String step, String... log) {
    failsAt = step;
    deployLog = List.of(log);
  }

  /** The pre-deploy command of its services, whoever sets it. */
  void preDeploy(String... command) {
    preDeploy = List.of(command);
  }

  List<String> preDeploy() {
    return preDeploy;
  }

  private PreDeploy set(PreDeployOrder order) {
    if (preDeploy.equals(order.expected())) {
      preDeploy = order.command();
      deeds.add("pre-deploy " + order.service() + " " + String.join(" && ", order.command()));
    }
    return new PreDeploy(preDeploy);
  }

  private DeploymentEnd awaited(AwaitOrder order) {
    waited.add(order);
    return waits.isEmpty() ? active(order) : waits.remove().apply(order);
  }

  private Deployment change(AwaitOrder order, Status status) {
    List<Deployment> all = deployments.get(order.service());
    Deployment was =
        all.stream().filter(one -> one.id().equals(order.deploymentId())).findFirst().orElseThrow();
    int at = all.indexOf(was);
    if (status == Status.ACTIVE) {
      replaceActive(all);
    }
    Deployment is = in(was, status);
    all.set(at, is);
    return is;
  }

  private static void replaceActive(List<Deployment> all) {
    all.replaceAll(one -> one.status() == Status.ACTIVE ? in(one, Status.REMOVED) : one);
  }

  private void put(String service, Deployment deployment) {
    deployments.get(service).add(0, deployment);
  }

  private Deployment deployment(String id, String revision, Status status) {
    return in(
        new Deployment(
            id,
            revision,
            status,
            null,
            null,
            true,
            Instant.ofEpochMilli(engine.currentTimeMillis()),
            true,
            null),
        status);
  }

  private static Deployment in(Deployment was, Status status) {
    return new Deployment(
        was.id(),
        was.revision(),
        status,
        status.name(),
        null,
        was.canRollback(),
        was.createdAt(),
        was.hasImage(),
        null);
  }
}
