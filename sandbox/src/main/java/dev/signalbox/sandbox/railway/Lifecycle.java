package dev.signalbox.sandbox.railway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.sandbox.SandboxSettings.Timing;
import dev.signalbox.sandbox.running.App;
import dev.signalbox.sandbox.running.Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes a deployment through the real states to a running service. The old release serves until the
 * new one is healthy; a failed one changes nothing. Every step looks first whether the deployment
 * is still on its way: it may have been cancelled, or its environment deleted.
 */
final class Lifecycle {
  private static final Duration HEALTH_INTERVAL = Duration.ofMillis(25);

  private final World world;
  private final Timing timing;
  private final Map<String, App> apps = new HashMap<>();

  Lifecycle(World world) {
    this.world = world;
    this.timing = world.settings().timing();
  }

  /** Begins with QUEUED; an image that exists already is not built. */
  void begin(String id, String image) {
    move(id, Status.QUEUED);
    world.logs().step(id, "SNAPSHOT_CODE", world.now());
    Duration queue = timing.queue();
    Duration first = queue.dividedBy(2);
    world.later(first, () -> onItsWay(id, () -> initialize(id, image, queue.minus(first))));
  }

  // The later step is set by the earlier one: two timers of their own may go off in either order.
  private void initialize(String id, String image, Duration rest) {
    move(id, Status.INITIALIZING);
    world.later(rest, () -> onItsWay(id, () -> build(id, image)));
  }

  private void onItsWay(String id, Runnable step) {
    if (world.state().deployment(id).filter(d -> d.status().inProgress()).isPresent()) {
      step.run();
    }
  }

  private void build(String id, String image) {
    if (image != null) {
      buildLog(id, "Using image " + image);
      withImage(id, image);
      start(id);
      return;
    }
    move(id, Status.BUILDING);
    world.logs().step(id, "BUILD_IMAGE", world.now());
    Behaviour behaviour;
    try {
      behaviour = behaviour(id);
    } catch (IllegalArgumentException unreadable) {
      buildLog(id, unreadable.getMessage());
      fail(id, unreadable.getMessage());
      return;
    }
    Deployment deployment = world.deployment(id);
    buildLog(id, "Building " + deployment.service() + " at " + deployment.commit());
    Duration time = behaviour.build() == null ? timing.build() : behaviour.build();
    world.later(time, () -> onItsWay(id, () -> built(id, behaviour)));
  }

  private void built(String id, Behaviour behaviour) {
    if (behaviour.buildFails()) {
      buildLog(id, "Build failed");
      fail(id, "Build failed");
    } else {
      String image = newImage();
      world.logs().step(id, "PUBLISH_IMAGE", world.now());
      buildLog(id, "Image " + image);
      withImage(id, image);
      beforeStart(id);
    }
  }

  /** Only of a new build: who goes back to an image must not run what belongs to it again. */
  private void beforeStart(String id) {
    Deployment deployment = world.deployment(id);
    Instance instance = world.instance(deployment);
    Optional<String> command = PreDeploy.command(instance);
    if (command.isEmpty()) {
      start(id);
      return;
    }
    world.logs().step(id, "PRE_DEPLOY_COMMAND", world.now());
    // Not in order with the rest: others go on while it runs.
    world.apart(
        Duration.ZERO,
        () -> {
          int code =
              new PreDeploy(world)
                  .run(command.get(), deployment, instance, line -> deployLog(id, line));
          world.inOrder(
              () ->
                  onItsWay(
                      id,
                      () -> {
                        if (code == 0) {
                          start(id);
                        } else {
                          fail(id, "Pre-deploy command ended with exit code " + code);
                        }
                      }));
        });
  }

  static String newImage() {
    String hex = (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    return "sha256:" + hex;
  }

  private void withImage(String id, String image) {
    Deployment deployment = world.deployment(id);
    put(deployment.with(deployment.progress().withImage(image)));
  }

  private void start(String id) {
    Behaviour behaviour = behaviour(id);
    if (behaviour.cron() != null) {
      onlyBuilt(id);
      return;
    }
    move(id, Status.DEPLOYING);
    world.logs().step(id, "CREATE_CONTAINER", world.now());
    Duration time = behaviour.start() == null ? timing.start() : behaviour.start();
    world.later(time, () -> onItsWay(id, () -> started(id, behaviour)));
  }

  private void onlyBuilt(String id) {
    Deployment deployment = world.deployment(id);
    put(deployment.with(deployment.progress().builtOnly()));
    takeOver(id, null);
  }

  private void started(String id, Behaviour behaviour) {
    if (behaviour.startFails()) {
      deployLog(id, "Process ended with exit code 1");
      fail(id, "Process ended with exit code 1");
      return;
    }
    apps.put(id, launch(id, behaviour));
    world.logs().step(id, "HEALTHCHECK", world.now());
    checkHealth(id, Instant.now().plus(timing.healthcheck()));
  }

  private App launch(String id, Behaviour behaviour) {
    Deployment deployment = world.deployment(id);
    Map<String, String> variables =
        Variables.ofProcess(world, world.instance(deployment), deployment);
    return new App(behaviour, variables, world.requests(), line -> deployLog(id, line));
  }

  private Behaviour behaviour(String id) {
    Deployment deployment = world.deployment(id);
    return world
        .repository()
        .read(deployment.commit(), world.instance(deployment).path("sandbox.toml"))
        .map(toml -> Behaviour.of(toml, deployment.environment()))
        .orElse(Behaviour.PLAIN);
  }

  private void checkHealth(String id, Instant until) {
    App app = apps.get(id);
    if (app == null) {
      return;
    }
    if (app.healthStatus() == 200) {
      activate(id);
    } else if (Instant.now().isAfter(until)) {
      String reason = "Healthcheck failed with status " + app.healthStatus();
      deployLog(id, reason);
      stopProcess(id);
      fail(id, reason);
    } else {
      world.later(HEALTH_INTERVAL, () -> onItsWay(id, () -> checkHealth(id, until)));
    }
  }

  private void activate(String id) {
    App app = apps.get(id);
    if (takeOver(id, app)) {
      app.activated();
      crashLater(id, app);
      exitLater(id, app);
    }
  }

  /**
   * Becomes the active deployment, unless a later one was faster.
   *
   * @param app null when no process runs yet
   */
  private boolean takeOver(String id, App app) {
    Deployment deployment = world.deployment(id);
    Optional<Deployment> replaced =
        world.state().deployments(deployment.environment(), deployment.service()).stream()
            .filter(Deployment::running)
            .findFirst();
    if (replaced.isPresent() && newer(replaced.get().id(), id)) {
      // A later deployment was faster: this one came too late to serve.
      stopProcess(id);
      move(id, Status.REMOVED);
      return false;
    }
    world.instance(deployment).proxy().switchTo(app);
    Instant now = world.now();
    world
        .history()
        .change(
            draft -> {
              draft.put(deployment.in(Status.SUCCESS, now));
              replaced.ifPresent(old -> draft.put(old.in(Status.REMOVED, now)));
            });
    world.logs().end(id, now, null);
    replaced.ifPresent(old -> stopProcess(old.id()));
    return true;
  }

  private boolean newer(String one, String other) {
    List<String> order = world.state().deployments().stream().map(Deployment::id).toList();
    return order.indexOf(one) > order.indexOf(other);
  }

  private void crashLater(String id, App app) {
    Duration crash = app.behaviour().crashAfter();
    if (crash != null) {
      world.later(crash, () -> crash(id, app, 1));
    }
  }

  private void exitLater(String id, App app) {
    Integer code = app.behaviour().exit();
    if (code != null) {
      world.later(app.behaviour().exitAfter(), () -> exit(id, app, code));
    }
  }

  private void exit(String id, App app, int code) {
    if (code != 0) {
      crash(id, app, code);
    } else if (runs(id, app)) {
      if (!app.behaviour().exitActive()) {
        world.endedForGood(id);
      }
      stop(world.deployment(id));
    }
  }

  private boolean runs(String id, App app) {
    return apps.get(id) == app && world.deployment(id).status() == Status.SUCCESS;
  }

  private void crash(String id, App app, int code) {
    if (runs(id, app)) {
      deployLog(id, "Process ended with exit code " + code);
      // The proxy keeps pointing at it, so that callers get 502 as at Railway's edge.
      stopProcess(id);
      move(id, Status.CRASHED);
    }
  }

  /** On the air at once, as if deployed long ago. */
  void seed(String id) {
    withImage(id, newImage());
    Behaviour behaviour = behaviour(id);
    if (behaviour.cron() != null) {
      onlyBuilt(id);
      return;
    }
    Deployment deployment = world.deployment(id);
    Instance instance = world.instance(deployment);
    PreDeploy.command(instance)
        .ifPresent(command -> ranWhenItWasDeployed(command, deployment, instance));
    apps.put(id, launch(id, behaviour));
    activate(id);
  }

  private void ranWhenItWasDeployed(String command, Deployment deployment, Instance instance) {
    List<String> said = new ArrayList<>();
    int code = new PreDeploy(world).run(command, deployment, instance, said::add);
    said.forEach(line -> deployLog(deployment.id(), line));
    if (code != 0) {
      throw new IllegalArgumentException(
          "pre-deploy command of "
              + instance.service().name()
              + " in "
              + instance.environment().name()
              + " ended with exit code "
              + code
              + (said.isEmpty() ? "" : ": " + said.get(said.size() - 1)));
    }
  }

  /** The same container once more: down, then up again after its time to start. */
  void restart(Deployment deployment) {
    String id = deployment.id();
    Behaviour behaviour = behaviour(id);
    deployLog(id, "Restarting");
    stopProcess(id);
    move(id, Status.DEPLOYING);
    world.logs().step(id, "CREATE_CONTAINER", world.now());
    Duration time = behaviour.start() == null ? timing.start() : behaviour.start();
    world.later(time, () -> onItsWay(id, () -> started(id, behaviour)));
  }

  /** Ends the process in good order; the deployment stays the active one, stopped. */
  void stop(Deployment deployment) {
    deployLog(deployment.id(), "Process ended with exit code 0");
    stopProcess(deployment.id());
    put(deployment.with(deployment.progress().stoppedAt(world.now())));
  }

  /** Takes it off the net, or ends its way there: REMOVED. */
  void remove(Deployment deployment) {
    App app = apps.get(deployment.id());
    stopProcess(deployment.id());
    Optional<Instance> instance = world.state().instance(deployment);
    if (instance.isPresent()
        && (app == null
            ? deployment.running()
            : instance.get().proxy().active().filter(app::equals).isPresent())) {
      instance.get().proxy().switchTo(null);
    }
    world.logs().end(deployment.id(), world.now(), null);
    move(deployment.id(), Status.REMOVED);
  }

  /** Changes what the running release does; keys as in {@code sandbox.toml}. */
  Behaviour behave(Deployment deployment, JsonNode changes) {
    App app = apps.get(deployment.id());
    Behaviour changed = app.behaviour().with(changes);
    app.behave(changed);
    if (changes.has("crash_after")) {
      crashLater(deployment.id(), app);
    }
    if (changes.has("exit")) {
      exitLater(deployment.id(), app);
    }
    return changed;
  }

  private void stopProcess(String id) {
    App app = apps.remove(id);
    if (app != null) {
      app.close();
    }
  }

  private void fail(String id, String reason) {
    world.logs().end(id, world.now(), reason);
    move(id, Status.FAILED);
  }

  private void move(String id, Status next) {
    put(world.deployment(id).in(next, world.now()));
  }

  private void put(Deployment deployment) {
    world.history().change(draft -> draft.put(deployment));
  }

  private void buildLog(String id, String line) {
    log(id, LogBook.Kind.BUILD, line);
  }

  private void deployLog(String id, String line) {
    log(id, LogBook.Kind.DEPLOY, line);
  }

  private void log(String id, LogBook.Kind kind, String line) {
    world.logs().add(new LogBook.Line(id, kind, world.now(), line, "info"));
  }

  void close() {
    apps.values().forEach(App::close);
  }
}
