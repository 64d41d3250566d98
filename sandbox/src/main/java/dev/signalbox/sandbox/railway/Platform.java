package dev.signalbox.sandbox.railway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.sandbox.CommitInfo;
import dev.signalbox.sandbox.Repository;
import dev.signalbox.sandbox.SandboxClock;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.sandbox.running.App;
import dev.signalbox.sandbox.running.Behaviour;
import dev.signalbox.sandbox.running.Proxy;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The deploying half of Railway: takes a commit through the real states to a running service. The
 * old release serves until the new one is healthy; a failed one changes nothing. An image exists
 * once for each environment, service and commit and outlives its deployment as long as the plan
 * says (Railway's pricing page, "Image retention").
 */
public final class Platform implements AutoCloseable {
  private static final Duration HEALTH_INTERVAL = Duration.ofMillis(25);

  private final SandboxSettings settings;
  private final Repository repository;
  private final SandboxClock clock;
  private final String projectId = UUID.randomUUID().toString();
  private final Map<String, String> ids = new LinkedHashMap<>();
  private final List<Instance> instances = new ArrayList<>();
  private final Map<String, App> apps = new HashMap<>();
  private final Map<String, List<String>> logs = new HashMap<>();
  private final History history = new History();
  private final ExecutorService requests;
  private final ScheduledExecutorService steps;
  private final Instant createdAt;

  public Platform(SandboxSettings settings, Repository repository, SandboxClock clock) {
    this.settings = settings;
    this.repository = repository;
    this.clock = clock;
    this.createdAt = clock.now();
    this.requests = Executors.newCachedThreadPool(task -> daemon(task, "sandbox-service"));
    this.steps = Executors.newScheduledThreadPool(2, task -> daemon(task, "sandbox-railway"));
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(requests)
            .build();
    for (var environment : settings.environments()) {
      ids.put("environment/" + environment.name(), UUID.randomUUID().toString());
    }
    for (var service : settings.services()) {
      ids.put("service/" + service.name(), UUID.randomUUID().toString());
      for (var environment : settings.environments()) {
        instances.add(
            new Instance(
                UUID.randomUUID().toString(), environment, service, new Proxy(requests, client)));
        if (environment.autoDeploy()) {
          createTrigger(environment.name(), service.name(), environment.branch(), false);
        }
      }
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  public SandboxSettings settings() {
    return settings;
  }

  public Repository repository() {
    return repository;
  }

  public String projectId() {
    return projectId;
  }

  Instant createdAt() {
    return createdAt;
  }

  public List<Instance> instances() {
    return instances;
  }

  public String environmentId(String name) {
    return known("environment/" + name);
  }

  public String serviceId(String name) {
    return known("service/" + name);
  }

  private String known(String key) {
    String id = ids.get(key);
    if (id == null) {
      throw new IllegalArgumentException("the sandbox has no " + key + "; it has " + ids.keySet());
    }
    return id;
  }

  Optional<String> environmentName(String id) {
    return name("environment/", id);
  }

  Optional<String> serviceName(String id) {
    return name("service/", id);
  }

  private Optional<String> name(String kind, String id) {
    return ids.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(kind) && entry.getValue().equals(id))
        .map(entry -> entry.getKey().substring(kind.length()))
        .findFirst();
  }

  public Instance instance(String environment, String service) {
    return instances.stream()
        .filter(candidate -> candidate.is(environment, service))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the sandbox has no service " + service + " in " + environment));
  }

  public State state() {
    return history.now();
  }

  /** Of one service in one environment, newest first. */
  public List<Deployment> deployments(String environment, String service) {
    return state().deployments(environment, service);
  }

  /** The one that serves, if any. */
  public Optional<Deployment> active(String environment, String service) {
    return state().active(environment, service);
  }

  State stale(Duration by) {
    return history.stale(by);
  }

  void writeBegins() {
    history.writeBegins();
  }

  /** Whether this deployment's image still exists. */
  boolean imageKept(Deployment deployment) {
    return deployment.image() != null
        && (deployment.removedAt() == null
            || deployment.removedAt().plus(settings.plan().retention()).isAfter(clock.now()));
  }

  boolean canRollback(Deployment deployment) {
    boolean ran =
        deployment.status() == Status.SUCCESS
            || deployment.status() == Status.CRASHED
            || deployment.status() == Status.REMOVED;
    return ran && imageKept(deployment);
  }

  boolean canRedeploy(Deployment deployment) {
    return !deployment.status().inProgress();
  }

  /** Deploys a commit; null means the commit that the service is on. */
  public synchronized Deployment deploy(String environment, String service, String sha) {
    Instance instance = instance(environment, service);
    String commit = sha == null ? current(instance) : exactly(sha);
    return begin(instance, commit, imageOf(instance, commit));
  }

  private String current(Instance instance) {
    return state()
        .active(instance.environment().name(), instance.service().name())
        .map(Deployment::commit)
        .or(() -> repository.resolve(instance.environment().branch()))
        .orElseThrow(() -> RailwayError.notFound("Deployment"));
  }

  /** Railway takes whole SHAs that it can see; a branch's name is none. */
  private String exactly(String sha) {
    return Optional.of(sha)
        .filter(text -> text.matches("[0-9a-f]{40}"))
        .flatMap(repository::resolve)
        .orElseThrow(() -> RailwayError.notFound("Commit"));
  }

  /** A new deployment from the old image, without a build. */
  public synchronized Deployment rollback(String id) {
    Deployment old = state().deployment(id).orElseThrow(() -> RailwayError.notFound("Deployment"));
    if (!canRollback(old)) {
      throw new RailwayError("Cannot rollback to this deployment: its image is not available");
    }
    return begin(instance(old.environment(), old.service()), old.commit(), old.image());
  }

  public synchronized Deployment redeploy(String id, boolean usePreviousImage) {
    Deployment old = state().deployment(id).orElseThrow(() -> RailwayError.notFound("Deployment"));
    if (!canRedeploy(old)) {
      throw new RailwayError(
          "Cannot redeploy yet, please wait for the original deployment to finish building");
    }
    if (usePreviousImage && !imageKept(old)) {
      throw new RailwayError("Cannot redeploy: the image of this deployment is not available");
    }
    Instance instance = instance(old.environment(), old.service());
    return begin(instance, old.commit(), usePreviousImage ? old.image() : null);
  }

  /**
   * A branch moved: every service with a trigger for it is deployed, or skipped with its reason.
   */
  public synchronized void pushed(String branch, String oldSha, String newSha) {
    if (newSha == null) {
      return;
    }
    List<String> changed = repository.changedPaths(oldSha, newSha);
    for (Trigger trigger : state().triggers()) {
      if (trigger.branch().equals(branch)
          && state().autoDeploys(trigger.environment(), trigger.service())) {
        Instance instance = instance(trigger.environment(), trigger.service());
        if (WatchPaths.touched(instance.service().watch(), changed)) {
          begin(instance, newSha, imageOf(instance, newSha));
        } else {
          put(created(instance, newSha).skipped("No changes to watched files"));
        }
      }
    }
  }

  public synchronized Trigger createTrigger(
      String environment, String service, String branch, boolean checkSuites) {
    Trigger trigger =
        new Trigger(
            UUID.randomUUID().toString(),
            environment,
            service,
            branch,
            settings.repository(),
            checkSuites);
    history.change(state -> state.with(trigger));
    return trigger;
  }

  synchronized void deleteTrigger(String id) {
    if (state().triggers().stream().noneMatch(trigger -> trigger.id().equals(id))) {
      throw RailwayError.notFound("DeploymentTrigger");
    }
    history.change(state -> state.withoutTrigger(id));
  }

  synchronized void autoDeploy(String environment, String service, boolean enabled) {
    history.change(state -> state.withAutoDeploy(environment, service, enabled));
  }

  /** Puts the environments' branches on the air at once, as if deployed long ago. */
  public synchronized void seed() {
    for (Instance instance : instances) {
      repository
          .resolve(instance.environment().branch())
          .ifPresent(
              commit -> {
                Deployment deployment = created(instance, commit).withImage(newImage());
                put(deployment);
                Behaviour behaviour = behaviour(instance, commit);
                apps.put(deployment.id(), launch(instance, deployment, behaviour));
                activate(instance, deployment.id());
              });
    }
  }

  /** Changes what the running release does; keys as in {@code sandbox.toml}. */
  public synchronized Behaviour behave(String environment, String service, JsonNode changes) {
    Instance instance = instance(environment, service);
    App app =
        instance
            .proxy()
            .active()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "nothing runs as " + service + " in " + environment));
    Behaviour changed = app.behaviour().with(changes);
    app.behave(changed);
    if (changes.has("crash_after") && changed.crashAfter() != null) {
      state()
          .active(environment, service)
          .ifPresent(
              active -> later(changed.crashAfter(), () -> crash(instance, active.id(), app)));
    }
    return changed;
  }

  synchronized List<String> logs(String deploymentId, int limit) {
    List<String> lines = logs.getOrDefault(deploymentId, List.of());
    return List.copyOf(lines.subList(Math.max(0, lines.size() - limit), lines.size()));
  }

  private Deployment begin(Instance instance, String commit, String image) {
    Deployment deployment = created(instance, commit);
    put(deployment);
    Duration queue = settings.timing().queue();
    later(queue.dividedBy(2), () -> move(deployment.id(), Status.INITIALIZING));
    later(queue, () -> build(instance, deployment.id(), image));
    return deployment;
  }

  private Deployment created(Instance instance, String sha) {
    CommitInfo commit = repository.commit(sha);
    Instant now = clock.now();
    return new Deployment(
        UUID.randomUUID().toString(),
        instance.environment().name(),
        instance.service().name(),
        sha,
        branchOf(instance, sha),
        commit.message(),
        commit.author(),
        Status.QUEUED,
        now,
        now,
        null,
        null,
        null);
  }

  private String branchOf(Instance instance, String sha) {
    String own = instance.environment().branch();
    if (repository.resolve(own).filter(sha::equals).isPresent()) {
      return own;
    }
    return repository.branches().stream()
        .filter(branch -> repository.resolve(branch).filter(sha::equals).isPresent())
        .findFirst()
        .orElse(own);
  }

  private String imageOf(Instance instance, String commit) {
    return state().deployments(instance.environment().name(), instance.service().name()).stream()
        .filter(d -> d.commit().equals(commit) && imageKept(d))
        .map(Deployment::image)
        .findFirst()
        .orElse(null);
  }

  private static String newImage() {
    String hex = (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    return "sha256:" + hex;
  }

  private synchronized void build(Instance instance, String id, String image) {
    if (image != null) {
      Deployment deployment = deployment(id);
      log(id, "Using image " + image);
      put(deployment.withImage(image));
      start(instance, id);
      return;
    }
    move(id, Status.BUILDING);
    Behaviour behaviour;
    try {
      behaviour = behaviour(instance, deployment(id).commit());
    } catch (IllegalArgumentException unreadable) {
      log(id, unreadable.getMessage());
      move(id, Status.FAILED);
      return;
    }
    Duration time = behaviour.build() == null ? settings.timing().build() : behaviour.build();
    log(id, "Building " + instance.service().name() + " at " + deployment(id).commit());
    later(
        time,
        () -> {
          synchronized (this) {
            if (behaviour.buildFails()) {
              log(id, "Build failed");
              move(id, Status.FAILED);
            } else {
              put(deployment(id).withImage(newImage()));
              start(instance, id);
            }
          }
        });
  }

  private synchronized void start(Instance instance, String id) {
    move(id, Status.DEPLOYING);
    Behaviour behaviour = behaviour(instance, deployment(id).commit());
    Duration time = behaviour.start() == null ? settings.timing().start() : behaviour.start();
    later(
        time,
        () -> {
          synchronized (this) {
            if (behaviour.startFails()) {
              log(id, "Process ended with exit code 1");
              move(id, Status.FAILED);
              return;
            }
            App app = launch(instance, deployment(id), behaviour);
            apps.put(id, app);
            log(id, "Listening on port " + app.port());
            checkHealth(instance, id, Instant.now().plus(settings.timing().healthcheck()));
          }
        });
  }

  private App launch(Instance instance, Deployment deployment, Behaviour behaviour) {
    return new App(behaviour, Variables.of(this, instance, deployment), requests);
  }

  private Behaviour behaviour(Instance instance, String commit) {
    return repository
        .read(commit, instance.path("sandbox.toml"))
        .map(toml -> Behaviour.of(toml, instance.environment().name()))
        .orElse(Behaviour.PLAIN);
  }

  private synchronized void checkHealth(Instance instance, String id, Instant until) {
    App app = apps.get(id);
    if (app == null) {
      return;
    }
    if (app.healthStatus() == 200) {
      activate(instance, id);
    } else if (Instant.now().isAfter(until)) {
      log(id, "Healthcheck failed with status " + app.healthStatus());
      stop(id);
      move(id, Status.FAILED);
    } else {
      later(HEALTH_INTERVAL, () -> checkHealth(instance, id, until));
    }
  }

  private void activate(Instance instance, String id) {
    String environment = instance.environment().name();
    String service = instance.service().name();
    Optional<Deployment> replaced = running(environment, service);
    if (replaced.isPresent() && newer(replaced.get().id(), id)) {
      // A later deployment was faster: this one came too late to serve.
      stop(id);
      move(id, Status.REMOVED);
      return;
    }
    App app = apps.get(id);
    app.activated();
    instance.proxy().switchTo(app);
    Instant now = clock.now();
    history.change(
        state -> {
          State next = state.with(state.deployment(id).orElseThrow().in(Status.SUCCESS, now));
          return replaced.isEmpty()
              ? next
              : next.with(
                  state.deployment(replaced.get().id()).orElseThrow().in(Status.REMOVED, now));
        });
    replaced.ifPresent(old -> stop(old.id()));
    Duration crash = app.behaviour().crashAfter();
    if (crash != null) {
      later(crash, () -> crash(instance, id, app));
    }
  }

  private Optional<Deployment> running(String environment, String service) {
    return state().deployments(environment, service).stream()
        .filter(d -> d.status() == Status.SUCCESS || d.status() == Status.CRASHED)
        .findFirst();
  }

  private boolean newer(String one, String other) {
    List<String> order = state().deployments().stream().map(Deployment::id).toList();
    return order.indexOf(one) > order.indexOf(other);
  }

  private synchronized void crash(Instance instance, String id, App app) {
    if (instance.proxy().active().filter(active -> active == app).isPresent()) {
      log(id, "Process ended with exit code 1");
      // The proxy keeps pointing at it, so that callers get 502 as at Railway's edge.
      app.close();
      move(id, Status.CRASHED);
    }
  }

  private void stop(String id) {
    App app = apps.remove(id);
    if (app != null) {
      app.close();
    }
  }

  private Deployment deployment(String id) {
    return state().deployment(id).orElseThrow();
  }

  private void put(Deployment deployment) {
    history.change(state -> state.with(deployment));
  }

  private synchronized void move(String id, Status next) {
    Instant now = clock.now();
    history.change(state -> state.with(state.deployment(id).orElseThrow().in(next, now)));
  }

  private synchronized void log(String id, String line) {
    logs.computeIfAbsent(id, none -> new ArrayList<>()).add(line);
  }

  private void later(Duration after, Runnable step) {
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
      System.getLogger(Platform.class.getName())
          .log(System.Logger.Level.ERROR, "a step of a deployment failed", e);
    }
  }

  @Override
  public void close() {
    steps.shutdownNow();
    synchronized (this) {
      apps.values().forEach(App::close);
      instances.forEach(instance -> instance.proxy().close());
    }
    requests.shutdownNow();
  }
}
