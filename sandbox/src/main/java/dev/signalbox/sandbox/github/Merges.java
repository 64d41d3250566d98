package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.GitRepository;
import java.util.List;
import java.util.Optional;

/** How one commit gets into a branch, and what may stand in its way. */
final class Merges {

  private final Hub hub;
  private final GitRepository repository;
  private final Protection protection;
  private final RepositoryOptions options;

  Merges(Hub hub, Protection protection, RepositoryOptions options) {
    this.hub = hub;
    this.repository = hub.repository();
    this.protection = protection;
    this.options = options;
  }

  /** Throws when the repository does not allow this way to merge. */
  void refuse(String method) {
    if (!options.allows(method)) {
      String word = Character.toUpperCase(method.charAt(0)) + method.substring(1);
      throw Refusal.of(405, word + " merges are not allowed on this repository.");
    }
  }

  /**
   * Why the pull request may not be merged now, in GitHub's words.
   *
   * @param method empty when it is only asked whether it could be
   */
  Optional<String> obstacle(Pull pull, String method) {
    return protection
        .obstacle(pull.base, pull.headSha)
        .or(() -> protection.reviewObstacle(pull))
        .or(() -> behindObstacle(pull, method))
        .or(() -> method.equals("merge") ? protection.mergeObstacle(pull.base) : Optional.empty());
  }

  /** The base requires that the head holds all of it, and it does not. */
  boolean behind(Pull pull) {
    return protection.behind(pull);
  }

  private Optional<String> behindObstacle(Pull pull, String method) {
    return !method.isEmpty() && behind(pull)
        ? Optional.of("Head branch is out of date with the base branch.")
        : Optional.empty();
  }

  /** Writes what the base's head would be; moves nothing. Empty when the two conflict. */
  Optional<String> commit(String base, String head, String method, String message, String login) {
    if (method.equals("rebase")) {
      return repository.rebased(base, head, hub.webFlow());
    }
    return repository
        .mergedTree(base, head)
        .map(
            tree ->
                method.equals("squash")
                    ? repository.writeCommit(
                        tree, List.of(base), message, hub.person(login), hub.webFlow())
                    : trial(base, head, tree, message, login));
  }

  String trial(String base, String head, String tree, String message, String login) {
    return repository.writeCommit(
        tree, List.of(base, head), message, hub.person(login), hub.webFlow());
  }
}
