package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.GitRepository;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pull requests, kept in step with the branches they join. */
final class Pulls {

  private final Hub hub;
  private final GitRepository repository;
  private final Protection protection;
  private final Map<Long, Pull> pulls = new LinkedHashMap<>();

  Pulls(Hub hub, Protection protection) {
    this.hub = hub;
    this.repository = hub.repository();
    this.protection = protection;
  }

  Collection<Pull> all() {
    follow();
    return pulls.values();
  }

  Pull get(long number) {
    follow();
    return Optional.ofNullable(pulls.get(number)).orElseThrow(Refusal::notFound);
  }

  Pull open(String head, String base, String title, String body, boolean draft, String login) {
    if (repository.tip(base).isEmpty()) {
      throw Refusal.invalid("PullRequest", "base", "invalid");
    }
    if (repository.tip(head).isEmpty()) {
      throw Refusal.invalid("PullRequest", "head", "invalid");
    }
    refuseSecond(head, base);
    if (repository.contains(hub.branchTip(base), hub.branchTip(head))) {
      throw Refusal.custom("PullRequest", "No commits between " + base + " and " + head);
    }
    Pull pull = new Pull(hub.nextId(), hub.nextNumber(), head, base, login, draft, hub.now());
    pull.title = title;
    pull.body = body;
    pulls.put(pull.number, pull);
    follow(pull);
    return pull;
  }

  void refuseSecond(String head, String base) {
    for (Pull pull : all()) {
      if (pull.open && pull.head.equals(head) && pull.base.equals(base)) {
        throw Refusal.custom(
            "PullRequest",
            "A pull request already exists for " + repository.owner() + ":" + head + ".");
      }
    }
  }

  /** Brings every open pull request up to the branches as they are now. */
  void follow() {
    pulls.values().stream().filter(pull -> pull.open).forEach(this::follow);
  }

  private void follow(Pull pull) {
    String base = repository.tip(pull.base).orElse(null);
    String head = repository.tip(pull.head).orElse(null);
    if (base == null) {
      close(pull);
      return;
    }
    String before = pull.headSha;
    if (before != null && !base.equals(pull.baseSha) && repository.contains(base, before)) {
      // Somebody merged it outside of GitHub.
      merged(pull, base, base, null);
      return;
    }
    if (head == null) {
      close(pull);
      return;
    }
    pull.baseSha = base;
    if (!head.equals(before)) {
      pull.headSha = head;
      pull.updatedAt = hub.now();
      repository.moveRef("refs/pull/" + pull.number + "/head", head, true);
    }
  }

  void close(Pull pull) {
    pull.open = false;
    pull.closedAt = hub.now();
    pull.updatedAt = hub.now();
  }

  private void merged(Pull pull, String baseSha, String commit, String login) {
    close(pull);
    pull.baseSha = baseSha;
    pull.mergedAt = hub.now();
    pull.mergedBy = login;
    pull.mergeCommit = commit;
  }

  /**
   * Null when asked for the first time since head or base moved, because GitHub computes it in the
   * background; then the truth.
   */
  Boolean mergeable(Pull pull) {
    String pair = pull.baseSha + " " + pull.headSha;
    if (!pull.open) {
      return null;
    }
    if (!pair.equals(pull.judged)) {
      pull.judged = pair;
      pull.mergeCommit = null;
      return null;
    }
    Optional<String> tree = repository.mergedTree(pull.baseSha, pull.headSha);
    if (tree.isPresent() && pull.mergeCommit == null) {
      pull.mergeCommit = commitMerge(pull, tree.get(), "Merge " + pull.headSha, pull.login);
    }
    return tree.isPresent();
  }

  /** GitHub's word for why it can or cannot be merged. */
  String mergeableState(Pull pull, Boolean mergeable) {
    if (mergeable == null) {
      return "unknown";
    }
    if (!mergeable) {
      return "dirty";
    }
    if (pull.draft) {
      return "draft";
    }
    return protection.obstacle(pull.base, pull.headSha).isPresent() ? "blocked" : "clean";
  }

  /** Merges with a merge commit; gives its SHA. */
  String merge(
      Pull pull, Optional<String> expectedHead, String method, String message, String login) {
    if (!pull.open) {
      throw Refusal.of(405, "Pull Request is not mergeable");
    }
    if (pull.draft) {
      throw Refusal.of(405, "Pull Request is still a draft");
    }
    if (!method.equals("merge")) {
      String word = method.equals("squash") ? "Squash" : "Rebase";
      throw Refusal.of(405, word + " merges are not allowed on this repository.");
    }
    if (expectedHead.isPresent() && !expectedHead.get().equals(pull.headSha)) {
      throw Refusal.of(409, "Head branch was modified. Review and try the merge again.");
    }
    protection
        .obstacle(pull.base, pull.headSha)
        .ifPresent(
            obstacle -> {
              throw Refusal.of(405, obstacle);
            });
    String tree =
        repository
            .mergedTree(pull.baseSha, pull.headSha)
            .orElseThrow(() -> Refusal.of(405, "Pull Request is not mergeable"));
    String commit = commitMerge(pull, tree, message, login);
    String base = pull.baseSha;
    repository.moveRef("refs/heads/" + pull.base, commit, false);
    merged(pull, base, commit, login);
    return commit;
  }

  private String commitMerge(Pull pull, String tree, String message, String login) {
    return repository.writeCommit(
        tree, List.of(pull.baseSha, pull.headSha), message, hub.person(login), hub.webFlow());
  }
}
