package dev.signalbox.workflows.preview;

import static dev.signalbox.workflows.fixtures.PipelineFixture.PROJECT;

import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.preview.SurveyActivities.Found;
import dev.signalbox.workflows.railway.AwaitOrder;
import dev.signalbox.workflows.railway.Deployment;
import dev.signalbox.workflows.railway.Deployment.Status;
import dev.signalbox.workflows.railway.DeploymentEnd;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.PreviewActivities;
import dev.signalbox.workflows.railway.PreviewActivities.EnsureOrder;
import dev.signalbox.workflows.railway.PreviewActivities.Ensured;
import dev.signalbox.workflows.railway.PreviewActivities.RemoveOrder;
import dev.signalbox.workflows.railway.PreviewActivities.Removed;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.DeployOrder;
import dev.signalbox.workflows.railway.RailwayActivities.EnsureDeployed;
import dev.signalbox.workflows.railway.RailwayActivities.RecentQuery;
import dev.signalbox.workflows.railway.RailwayActivities.Sent;
import dev.signalbox.workflows.railway.RecentDeployments;
import dev.signalbox.workflows.railway.ServiceState;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** The Railway of a {@link PreviewTown}: the environments in it, and what runs in each. */
final class TownRailway {
  private static final Duration FOR_EVER = Duration.ofDays(300);

  private final Supplier<Instant> clock;
  private final Function<SlotRequest, SlotAnswer> slots;
  private final IntConsumer freed;
  private final Map<String, Environment> environments = new ConcurrentHashMap<>();
  private final Map<String, String> deployments = new ConcurrentHashMap<>();
  private final AtomicBoolean removedMeanwhile = new AtomicBoolean();
  private final AtomicInteger ids = new AtomicInteger();
  private final Set<String> unlucky = ConcurrentHashMap.newKeySet();
  private final List<Instant> creations = new CopyOnWriteArrayList<>();

  /** An environment at Railway. */
  private static final class Environment {
    private final String name;
    private volatile String mark;
    private final Instant createdAt;
    private volatile String live;

    private Environment(String name, String mark, Instant createdAt) {
      this.name = name;
      this.mark = mark;
      this.createdAt = createdAt;
    }
  }

  /**
   * @param slots who says whether one may be made now
   * @param freed who hears that one is gone
   */
  TownRailway(Supplier<Instant> clock, Function<SlotRequest, SlotAnswer> slots, IntConsumer freed) {
    this.clock = clock;
    this.slots = slots;
    this.freed = freed;
  }

  RailwayActivities activities() {
    return Engine.knowing(
        RailwayActivities.class,
        Map.of(
            "readEnvironment", any -> state("unknown"),
            "recentDeployments", query -> recent((RecentQuery) query),
            "deploy", order -> deployed((DeployOrder) order),
            "ensureDeployed", order -> deployed(((EnsureDeployed) order).deploy()),
            "awaitDeployment", order -> active((AwaitOrder) order)));
  }

  PreviewActivities previews() {
    return Engine.knowing(
        PreviewActivities.class,
        Map.of(
            "ensureEnvironment", order -> ensured((EnsureOrder) order),
            "removeEnvironment", order -> removed((RemoveOrder) order)));
  }

  /** All that there are. */
  List<Found> found() {
    return environments.entrySet().stream()
        .map(
            one ->
                new Found(
                    number(one.getValue().name),
                    one.getKey(),
                    one.getValue().name,
                    one.getValue().mark != null,
                    one.getValue().createdAt,
                    one.getValue().mark == null))
        .toList();
  }

  /** One of ours is there, where none is yet. */
  void orphan(int number) {
    String mark = PreviewEnvWorkflow.id(PROJECT, number);
    if (environments.values().stream().noneMatch(one -> mark.equals(one.mark))) {
      environments.put("orphan-" + number, new Environment("pr-" + number, mark, clock.get()));
    }
  }

  /** Somebody makes an environment by hand. */
  void makesByHand(String name) {
    environments.put("foreign-" + name, new Environment(name, null, clock.get()));
  }

  /** Somebody removes an environment of ours by hand. */
  void removesByHand(int number) {
    environments.values().removeIf(one -> PreviewEnvWorkflow.id(PROJECT, number).equals(one.mark));
  }

  /** Somebody removes the next one by hand in which a deployment is waited for. */
  void removesByHandWhileDeploying() {
    removedMeanwhile.set(true);
  }

  /** Whoever makes the environment of this one next dies before it is marked. */
  void diesBeforeTheMark(int number) {
    unlucky.add("pr-" + number);
  }

  private Optional<String> there(String name, String mark, Instant since) {
    return environments.entrySet().stream()
        .filter(
            one ->
                mark.equals(one.getValue().mark)
                    || (one.getValue().mark == null
                        && one.getValue().name.equals(name)
                        && since != null
                        && !one.getValue().createdAt.isBefore(since)))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private Ensured ensured(EnsureOrder order) {
    Optional<String> there = there(order.name(), order.mark(), order.since());
    if (there.isPresent()) {
      environments.get(there.get()).mark = order.mark();
      return new Ensured(state(there.get()), null, null);
    }
    if (environments.values().stream().anyMatch(one -> one.name.equals(order.name()))) {
      return Ensured.refused(List.of("it is somebody's"));
    }
    SlotAnswer slot =
        slots.apply(
            new SlotRequest(
                number(order.name()),
                environments.values().stream()
                    .filter(one -> one.mark != null)
                    .map(one -> one.name)
                    .toList()));
    return switch (slot.kind()) {
      case GRANTED -> new Ensured(state(made(order)), null, null);
      case FULL -> Ensured.full(slot.message());
      case LATER ->
          throw ApplicationFailure.newBuilder()
              .setMessage(slot.message())
              .setType(FailureType.RATE_LIMITED.wireName())
              .setNextRetryDelay(slot.after())
              .build();
    };
  }

  private static int number(String name) {
    return Integer.parseInt(name.replaceAll("\\D", ""));
  }

  private String made(EnsureOrder order) {
    String id = "e-" + ids.incrementAndGet();
    creations.add(clock.get());
    boolean dies = unlucky.remove(order.name());
    environments.put(id, new Environment(order.name(), dies ? null : order.mark(), clock.get()));
    if (dies) {
      throw ApplicationFailure.newFailureWithCauseAndDelay(
          "its worker is dead", FailureType.UNAVAILABLE.wireName(), null, FOR_EVER);
    }
    return id;
  }

  private Removed removed(RemoveOrder order) {
    Optional<String> there =
        there(order.name(), order.mark(), order.environmentId() == null ? null : order.since());
    there.ifPresent(environments::remove);
    there.ifPresent(gone -> freed.accept(number(order.name())));
    return new Removed(there.isPresent() || order.environmentId() != null, null);
  }

  private EnvironmentState state(String id) {
    return new EnvironmentState(
        id,
        List.of(
            new ServiceState(
                "backend", "backend", null, null, "http://backend", List.of(), List.of())),
        "f",
        null);
  }

  private Sent deployed(DeployOrder order) {
    String id = "d-" + ids.incrementAndGet();
    deployments.put(id, order.environmentId() + " " + order.revision());
    return new Sent(id);
  }

  private DeploymentEnd active(AwaitOrder order) {
    String[] what = deployments.get(order.deploymentId()).split(" ", 2);
    if (removedMeanwhile.getAndSet(false)) {
      environments.remove(what[0]);
    }
    requireThere(what[0]).live = what[1];
    return new DeploymentEnd(deployment(order.deploymentId(), what[1]), false, null, null);
  }

  private Deployment deployment(String id, String revision) {
    return new Deployment(
        id, revision, Status.ACTIVE, Status.ACTIVE.name(), null, true, clock.get(), true, null);
  }

  private Environment requireThere(String id) {
    Environment environment = environments.get(id);
    if (environment == null) {
      throw ApplicationFailure.newNonRetryableFailure(
          "Railway: Environment not found", FailureType.NOT_FOUND.wireName());
    }
    return environment;
  }

  private RecentDeployments recent(RecentQuery query) {
    requireThere(query.environmentId());
    return new RecentDeployments(
        deployments.entrySet().stream()
            .filter(one -> one.getValue().startsWith(query.environmentId() + " "))
            .map(one -> deployment(one.getKey(), one.getValue().split(" ", 2)[1]))
            .toList(),
        null);
  }

  /** What runs in each preview of ours, by its number; a second one of a number stands out. */
  Map<String, String> live() {
    Map<String, String> live = new TreeMap<>();
    environments.values().stream()
        .filter(one -> one.mark != null)
        .forEach(
            one ->
                live.merge(one.name, String.valueOf(one.live), (first, second) -> "TWO OF THEM"));
    return live;
  }

  /** Names of the environments that people made. */
  List<String> foreign() {
    return environments.values().stream()
        .filter(one -> one.mark == null)
        .map(one -> one.name)
        .sorted()
        .toList();
  }

  /** How often an environment was made. */
  int made() {
    return creations.size();
  }

  /** When each was made. */
  List<Instant> creations() {
    return List.copyOf(creations);
  }
}
