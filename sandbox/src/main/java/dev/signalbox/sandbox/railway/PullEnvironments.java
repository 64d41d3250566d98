package dev.signalbox.sandbox.railway;

import dev.signalbox.sandbox.OpenPull;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Railway's native PR environments (docs, "Environments"): while the project has {@code prDeploys},
 * each open pull request has an environment of its own, forked from the base environment and
 * deployed at the pull request's head; it goes when the pull request is merged or closed, but for
 * one that is closed in a conflict with its base: that is left behind. Bots' need {@code
 * botPrEnvironments}. Without a base environment it is the first one that a push deploys to, else
 * the first of all.
 */
final class PullEnvironments {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final World world;
  private final Environments environments;
  private volatile Supplier<List<OpenPull>> pulls = List::of;

  PullEnvironments(World world, Environments environments) {
    this.world = world;
    this.environments = environments;
  }

  void follow(Supplier<List<OpenPull>> answering) {
    this.pulls = answering;
    look();
  }

  private void look() {
    try {
      if (world.state().project().prDeploys()) {
        List<OpenPull> open = pulls.get();
        world.inOrder(() -> match(open));
      }
    } finally {
      // A look that failed must not be the last one.
      world.apart(BETWEEN_LOOKS, this::look);
    }
  }

  private void match(List<OpenPull> open) {
    ProjectOptions options = world.state().project();
    List<OpenPull> wanted =
        open.stream().filter(pull -> options.botPrEnvironments() || !pull.byBot()).toList();
    world.state().environments().stream()
        .filter(e -> e.pullRequest() != null)
        .filter(e -> wanted.stream().noneMatch(p -> p.number() == e.pullRequest().number()))
        .forEach(environments::delete);
    wanted.stream()
        .filter(pull -> !pull.leftBehind() && existing(pull).isEmpty())
        .forEach(this::create);
  }

  private Optional<Environment> existing(OpenPull pull) {
    return world.state().environments().stream()
        .filter(e -> e.pullRequest() != null && e.pullRequest().number() == pull.number())
        .findFirst();
  }

  private void create(OpenPull pull) {
    Environment base = base();
    String repository = world.settings().repository();
    Environment made =
        new Environment(
            World.newId(),
            repository.substring(repository.indexOf('/') + 1) + "-pr-" + pull.number(),
            pull.branch(),
            true,
            base.id(),
            world.now(),
            new Environment.PullRequest(
                pull.number(), pull.title(), pull.branch(), pull.baseBranch()));
    environments.createForPull(made, base, pull.headSha());
  }

  private Environment base() {
    State state = world.state();
    String chosen = String.valueOf(state.project().baseEnvironmentId());
    return state
        .environment(chosen)
        .or(
            () ->
                state.triggers().stream()
                    .findFirst()
                    .flatMap(trigger -> state.environmentNamed(trigger.environment())))
        .orElseGet(() -> state.environments().get(0));
  }
}
