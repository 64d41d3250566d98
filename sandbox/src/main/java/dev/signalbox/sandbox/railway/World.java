package dev.signalbox.sandbox.railway;

import dev.signalbox.sandbox.Repository;
import dev.signalbox.sandbox.SandboxClock;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.sandbox.SandboxSettings.ServiceSettings;
import dev.signalbox.sandbox.running.Proxy;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What all parts of one project of the sandbox's Railway share: its settings and ids, its state,
 * time, and one order in which things happen.
 */
final class World implements AutoCloseable {
  private final Workspace workspace;
  private final SandboxSettings settings;
  private final Repository repository;
  private final SandboxClock clock;
  private final String projectId = newId();
  private final Map<String, String> serviceIds = new LinkedHashMap<>();
  private final Set<String> endedForGood = ConcurrentHashMap.newKeySet();
  private final Object order = new Object();
  private final History history;
  private final LogBook logs = new LogBook();
  private final Traffic traffic = new Traffic();
  private final ExecutorService requests;
  private final ScheduledExecutorService steps;
  private final HttpClient client;
  private final Instant createdAt;

  /**
   * @param settings of this project alone
   */
  World(Workspace workspace, SandboxSettings settings, Repository repository, SandboxClock clock) {
    this.workspace = workspace;
    this.settings = settings;
    this.repository = repository;
    this.clock = clock;
    this.createdAt = clock.now();
    this.history = new History(State.empty(settings.project()));
    this.requests = Executors.newCachedThreadPool(task -> daemon(task, "sandbox-service"));
    this.steps = Executors.newScheduledThreadPool(2, task -> daemon(task, "sandbox-railway"));
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(requests)
            .build();
    settings.services().forEach(service -> serviceIds.put(service.name(), newId()));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  Workspace workspace() {
    return workspace;
  }

  static String newId() {
    return UUID.randomUUID().toString();
  }

  SandboxSettings settings() {
    return settings;
  }

  Repository repository() {
    return repository;
  }

  Instant now() {
    return clock.now();
  }

  /** By the clock of plans, which can be moved. */
  Duration passedSince(Instant happened) {
    return clock.passedSince(happened);
  }

  String projectId() {
    return projectId;
  }

  Instant createdAt() {
    return createdAt;
  }

  History history() {
    return history;
  }

  State state() {
    return history.now();
  }

  LogBook logs() {
    return logs;
  }

  Traffic traffic() {
    return traffic;
  }

  ExecutorService requests() {
    return requests;
  }

  HttpClient client() {
    return client;
  }

  List<ServiceSettings> services() {
    return settings.services();
  }

  Optional<ServiceSettings> service(String id) {
    return services().stream().filter(s -> serviceIds.get(s.name()).equals(id)).findFirst();
  }

  String serviceId(String name) {
    String id = serviceIds.get(name);
    if (id == null) {
      throw new IllegalArgumentException(
          "the sandbox has no service " + name + "; it has " + serviceIds.keySet());
    }
    return id;
  }

  Scope scope(Instance instance) {
    return new Scope(instance.environment().id(), serviceId(instance.service().name()));
  }

  Deployment deployment(String id) {
    return state().deployment(id).orElseThrow(() -> RailwayError.notFound("Deployment"));
  }

  Instance instance(Deployment deployment) {
    return state().instance(deployment).orElseThrow(() -> RailwayError.notFound("ServiceInstance"));
  }

  /** A service instance with an address of its own, and Railway's domain for it. */
  Instance install(Environment environment, ServiceSettings service, Map<String, Object> config) {
    String id = newId();
    Proxy proxy = new Proxy(requests, client, exchange -> traffic.add(id, exchange));
    Instance instance = new Instance(id, environment, service, proxy, now(), config);
    Domain domain = new Domain(newId(), id, instance.host(), false, null, now());
    history.change(
        draft -> {
          draft.instances.add(instance);
          draft.domains.add(domain);
        });
    return instance;
  }

  /** One thing at a time: what changes state, and reads it for that, happens in here. */
  <T> T inOrder(Supplier<T> change) {
    synchronized (order) {
      return change.get();
    }
  }

  void inOrder(Runnable change) {
    synchronized (order) {
      change.run();
    }
  }

  /** In order with everything else, after this time. */
  void later(Duration after, Runnable step) {
    apart(after, () -> inOrder(step));
  }

  /**
   * After this time, and not in order: for a step that asks the code host, which may have to wait
   * there for somebody who waits here.
   */
  void apart(Duration after, Runnable step) {
    try {
      var unused = steps.schedule(() -> guarded(step), after.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // The sandbox is being closed: nothing happens any more.
    }
  }

  private static void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      System.getLogger(World.class.getName())
          .log(System.Logger.Level.ERROR, "a step of the sandbox's Railway failed", e);
    }
  }

  /** This deployment is no active one any more, though nothing has replaced it. */
  void endedForGood(String id) {
    endedForGood.add(id);
  }

  boolean hasEndedForGood(String id) {
    return endedForGood.contains(id);
  }

  @Override
  public void close() {
    steps.shutdownNow();
    inOrder(() -> new ArrayList<>(state().instances()).forEach(i -> i.proxy().close()));
    requests.shutdownNow();
  }
}
