package dev.signalbox.sandbox.railway;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Deploys what is pushed: each trigger names a branch, a service and an environment. With "Wait for
 * CI" the deployment is WAITING until every check suite of the commit has ended; a red one makes it
 * SKIPPED for ever. A commit without any check suite is deployed.
 */
final class Triggers {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

  private final World world;
  private final Deployments deployments;
  private volatile CommitChecks checks = sha -> CommitChecks.Verdict.GREEN;

  Triggers(World world, Deployments deployments) {
    this.world = world;
    this.deployments = deployments;
  }

  void ask(CommitChecks answering) {
    this.checks = answering;
  }

  /**
   * A branch moved: every service with a trigger for it is deployed, or skipped with its reason.
   */
  void pushed(String branch, String oldSha, String newSha) {
    if (newSha == null) {
      return;
    }
    List<String> changed = world.repository().changedPaths(oldSha, newSha);
    for (Trigger trigger : world.state().triggers()) {
      Instance instance =
          world.state().instance(trigger.environment(), trigger.service()).orElseThrow();
      if (trigger.branch().equals(branch) && world.state().autoDeploys(instance)) {
        pushed(trigger, instance, newSha, changed);
      }
    }
  }

  private void pushed(Trigger trigger, Instance instance, String sha, List<String> changed) {
    if (!WatchPaths.touched(instance.watchPatterns(), changed)) {
      deployments.skip(instance, sha, "No changes to watched files");
    } else if (trigger.checkSuites()) {
      String id = deployments.waiting(instance, sha).id();
      world.apart(Duration.ZERO, () -> look(id));
    } else {
      deployments.begin(instance, sha, null, deployments.imageOf(instance, sha));
    }
  }

  private void look(String id) {
    waiting(id)
        .ifPresent(
            deployment -> {
              CommitChecks.Verdict verdict = checks.of(deployment.commit());
              world.inOrder(() -> decide(id, verdict));
            });
  }

  private Optional<Deployment> waiting(String id) {
    return world.state().deployment(id).filter(d -> d.status() == Status.WAITING);
  }

  private void decide(String id, CommitChecks.Verdict verdict) {
    Optional<Deployment> waiting = waiting(id);
    if (waiting.isPresent()) {
      switch (verdict) {
        case GREEN -> deployments.goOn(waiting.get());
        case RED -> deployments.giveUp(waiting.get(), "CI check suite failed");
        case PENDING -> world.apart(BETWEEN_LOOKS, () -> look(id));
      }
    }
  }

  Trigger create(Instance instance, String branch, boolean checkSuites) {
    Trigger trigger =
        new Trigger(
            World.newId(),
            instance.environment().name(),
            instance.service().name(),
            branch,
            world.settings().repository(),
            checkSuites);
    world.history().change(draft -> draft.triggers.add(trigger));
    return trigger;
  }

  /** Absent parts stay as they are. */
  Trigger update(Trigger trigger, String branch, Boolean checkSuites) {
    Trigger changed =
        new Trigger(
            trigger.id(),
            trigger.environment(),
            trigger.service(),
            branch == null ? trigger.branch() : branch,
            trigger.repository(),
            checkSuites == null ? trigger.checkSuites() : checkSuites);
    world
        .history()
        .change(draft -> draft.triggers.replaceAll(t -> t.id().equals(changed.id()) ? changed : t));
    return changed;
  }

  void delete(String id) {
    world.history().change(draft -> draft.triggers.removeIf(t -> t.id().equals(id)));
  }

  void autoDeploy(Instance instance, boolean enabled) {
    world
        .history()
        .change(
            draft -> {
              if (enabled) {
                draft.manual.remove(instance.id());
              } else {
                draft.manual.add(instance.id());
              }
            });
  }
}
