package dev.signalbox.sandbox.railway;

import dev.signalbox.sandbox.CommitInfo;
import dev.signalbox.sandbox.Repository;
import dev.signalbox.sandbox.railway.Deployment.Origin;
import dev.signalbox.sandbox.railway.Deployment.Progress;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything that makes a deployment or ends one. An image exists once for each environment,
 * service and commit and outlives its deployment as long as the plan says (Railway's pricing page,
 * "Image retention").
 */
final class Deployments {
  private final World world;
  private final Lifecycle lifecycle;
  private final Repository repository;

  Deployments(World world, Lifecycle lifecycle) {
    this.world = world;
    this.lifecycle = lifecycle;
    this.repository = world.repository();
  }

  /** Whether this deployment's image still exists. */
  static boolean imageKept(World world, Deployment deployment) {
    Instant removed = deployment.progress().removedAt();
    return deployment.image() != null
        && (removed == null
            || world.passedSince(removed).compareTo(world.settings().plan().retention()) < 0);
  }

  static boolean canRollback(World world, Deployment deployment) {
    boolean ran = deployment.running() || deployment.status() == Status.REMOVED;
    return ran && imageKept(world, deployment);
  }

  static boolean canRedeploy(Deployment deployment) {
    return !deployment.status().inProgress();
  }

  /** Deploys a commit; null means the commit that the service is on. */
  Deployment deploy(Instance instance, String sha) {
    String commit = sha == null ? current(instance) : exactly(sha);
    return begin(instance, commit, null, imageOf(instance, commit));
  }

  /** Deploys the head of the service's branch. */
  Deployment deployLatest(Instance instance) {
    return deploy(instance, head(instance).orElseThrow(() -> RailwayError.notFound("Deployment")));
  }

  /** Takes changed variables or settings to the air; nothing runs there yet = nothing happens. */
  void redeployAfter(Instance instance, String patchId) {
    world
        .state()
        .active(instance.environment().name(), instance.service().name())
        .ifPresent(
            active ->
                begin(instance, active.commit(), patchId, imageOf(instance, active.commit())));
  }

  private String current(Instance instance) {
    return world
        .state()
        .active(instance.environment().name(), instance.service().name())
        .map(Deployment::commit)
        .or(() -> head(instance))
        .orElseThrow(() -> RailwayError.notFound("Deployment"));
  }

  private Optional<String> head(Instance instance) {
    String branch =
        world.state().triggersOf(instance).stream()
            .map(Trigger::branch)
            .findFirst()
            .orElse(instance.environment().branch());
    return repository.resolve(branch == null ? repository.defaultBranch() : branch);
  }

  /** Railway takes whole SHAs that it can see; a branch's name is none. */
  private String exactly(String sha) {
    return Optional.of(sha)
        .filter(text -> text.matches("[0-9a-f]{40}"))
        .flatMap(repository::resolve)
        .orElseThrow(() -> RailwayError.notFound("Commit"));
  }

  /** A new deployment from the old image, without a build, with the variables of then. */
  Deployment rollback(String id) {
    Deployment old = world.deployment(id);
    if (!canRollback(world, old)) {
      throw new RailwayError("Cannot rollback to this deployment: its image is not available");
    }
    Instance instance = world.instance(old);
    world
        .history()
        .change(draft -> draft.variables.put(world.scope(instance), old.variables().set()));
    Deployment deployment = created(instance, old.commit(), null).with(old.variables());
    return begin(deployment, old.image());
  }

  /** The same commit, or the same image, once more, with today's variables. */
  Deployment redeploy(String id, boolean usePreviousImage) {
    Deployment old = world.deployment(id);
    if (!canRedeploy(old)) {
      throw new RailwayError(
          "Cannot redeploy yet, please wait for the original deployment to finish building");
    }
    if (usePreviousImage && !imageKept(world, old)) {
      throw new RailwayError("Cannot redeploy: the image of this deployment is not available");
    }
    return begin(world.instance(old), old.commit(), null, usePreviousImage ? old.image() : null);
  }

  void restart(String id) {
    Deployment deployment = world.deployment(id);
    if (!deployment.running()) {
      throw new RailwayError("Cannot restart a deployment that is not running");
    }
    lifecycle.restart(deployment);
  }

  void stop(String id) {
    Deployment deployment = world.deployment(id);
    if (deployment.status().inProgress()) {
      lifecycle.remove(deployment);
    } else if (deployment.status() == Status.SUCCESS && !deployment.progress().stopped()) {
      lifecycle.stop(deployment);
    } else {
      throw new RailwayError("Cannot stop a deployment that is not running");
    }
  }

  void cancel(String id) {
    Deployment deployment = world.deployment(id);
    if (!deployment.status().inProgress()) {
      throw new RailwayError("Cannot cancel a deployment that has ended");
    }
    lifecycle.remove(deployment);
  }

  void remove(String id) {
    Deployment deployment = world.deployment(id);
    if (deployment.status() == Status.REMOVED) {
      throw RailwayError.notFound("Deployment");
    }
    lifecycle.remove(deployment);
  }

  /** Ends everything of an environment that goes. */
  void removeAll(Environment environment) {
    world.state().instancesIn(environment).forEach(this::removeAll);
  }

  void removeAll(Instance instance) {
    world.state().deployments().stream()
        .filter(d -> instance.is(d.environment(), d.service()))
        .filter(d -> d.running() || d.status().inProgress())
        .forEach(lifecycle::remove);
  }

  Deployment begin(Instance instance, String commit, String patchId, String image) {
    Snapshot variables = new Variables(world, world.state()).snapshot(instance);
    return begin(created(instance, commit, patchId).with(variables), image);
  }

  private Deployment begin(Deployment deployment, String image) {
    put(deployment);
    lifecycle.begin(deployment.id(), image);
    return deployment;
  }

  void seed(Instance instance, String commit) {
    Snapshot variables = new Variables(world, world.state()).snapshot(instance);
    Deployment deployment = created(instance, commit, null).with(variables);
    put(deployment);
    lifecycle.seed(deployment.id());
  }

  void skip(Instance instance, String commit, String reason) {
    Deployment deployment = created(instance, commit, null);
    put(deployment.with(deployment.progress().skipped(reason, world.now())));
  }

  /** One that waits; {@link #goOn} or {@link #giveUp} ends that. */
  Deployment waiting(Instance instance, String commit) {
    Deployment deployment = created(instance, commit, null).in(Status.WAITING, world.now());
    put(deployment);
    return deployment;
  }

  void goOn(Deployment waiting) {
    Instance instance = world.instance(waiting);
    Snapshot variables = new Variables(world, world.state()).snapshot(instance);
    begin(waiting.with(variables), imageOf(instance, waiting.commit()));
  }

  void giveUp(Deployment waiting, String reason) {
    put(waiting.with(waiting.progress().skipped(reason, world.now())));
  }

  private void put(Deployment deployment) {
    world.history().change(draft -> draft.put(deployment));
  }

  private Deployment created(Instance instance, String sha, String patchId) {
    CommitInfo commit = repository.commit(sha);
    Instant now = world.now();
    return new Deployment(
        World.newId(),
        instance.environment().name(),
        instance.service().name(),
        now,
        new Origin(sha, branchOf(instance, sha), commit.message(), commit.author(), patchId),
        new Progress(Status.QUEUED, now, null, null, null, false, false),
        Snapshot.NONE);
  }

  private String branchOf(Instance instance, String sha) {
    String own = instance.environment().branch();
    if (own != null && repository.resolve(own).filter(sha::equals).isPresent()) {
      return own;
    }
    return repository.branches().stream()
        .filter(branch -> repository.resolve(branch).filter(sha::equals).isPresent())
        .findFirst()
        .orElse(own);
  }

  String imageOf(Instance instance, String commit) {
    return world
        .state()
        .deployments(instance.environment().name(), instance.service().name())
        .stream()
        .filter(d -> d.commit().equals(commit) && imageKept(world, d))
        .map(Deployment::image)
        .findFirst()
        .orElse(null);
  }
}
