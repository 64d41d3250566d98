package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.GitRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Merges of a branch or commit into a branch, without a pull request. */
final class MergeRoutes {

  private final Hub hub;
  private final GitRepository repository;
  private final Shapes shapes;
  private final Protection protection;

  MergeRoutes(Hub hub, Shapes shapes, Protection protection) {
    this.hub = hub;
    this.repository = hub.repository();
    this.shapes = shapes;
    this.protection = protection;
  }

  void addTo(RouteTable table) {
    table.inRepository("POST", "/merges", this::merge);
  }

  private Reply merge(Request request) {
    String base = request.required("Merge", "base");
    String head = request.required("Merge", "head");
    request.about(base, null);
    String baseSha = repository.tip(base).orElseThrow(() -> Refusal.of(404, "Base does not exist"));
    String headSha =
        repository.resolve(head).orElseThrow(() -> Refusal.of(404, "Head does not exist"));
    if (repository.contains(baseSha, headSha)) {
      return new Reply(204, null, Map.of(), false);
    }
    // The merge commit is new, so nothing can have been reported on it.
    protection
        .obstacle(base, "")
        .or(() -> protection.directObstacle(base))
        .or(() -> protection.mergeObstacle(base))
        .ifPresent(
            obstacle -> {
              throw Refusal.of(422, obstacle);
            });
    String sha =
        mergeInto(
                hub,
                base,
                baseSha,
                headSha,
                request.text("commit_message").orElse("Merge " + head + " into " + base),
                request.login())
            .orElseThrow(() -> Refusal.of(409, "Merge conflict"));
    return Reply.done(201, shapes.commit(request, repository.commitAt(sha)));
  }

  /** Commits the merge of {@code added} on {@code branch}; empty when the two conflict. */
  static Optional<String> mergeInto(
      Hub hub, String branch, String tip, String added, String message, String login) {
    GitRepository repository = hub.repository();
    return repository
        .mergedTree(tip, added)
        .map(
            tree -> {
              String sha =
                  repository.writeCommit(
                      tree, List.of(tip, added), message, hub.person(login), hub.webFlow());
              repository.moveRef("refs/heads/" + branch, sha, false);
              return sha;
            });
  }
}
