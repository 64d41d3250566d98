package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.GitRepository;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The pull requests, kept in step with the branches they join. */
final class Pulls {

  private final Hub hub;
  private final GitRepository repository;
  private final Merges merges;
  private final PullShapes shapes;
  private final SearchIndex index;
  private final Map<Long, Pull> pulls = new LinkedHashMap<>();

  Pulls(Hub hub, Merges merges, PullShapes shapes, SearchIndex index) {
    this.hub = hub;
    this.repository = hub.repository();
    this.merges = merges;
    this.shapes = shapes;
    this.index = index;
  }

  Collection<Pull> all() {
    follow();
    return pulls.values();
  }

  Pull get(long number) {
    follow();
    return Optional.ofNullable(pulls.get(number)).orElseThrow(Refusal::notFound);
  }

  Pull open(String from, String base, String title, String body, boolean draft, String login) {
    int colon = from.indexOf(':');
    String head = from.substring(colon + 1);
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
    pull.owner = colon < 0 ? repository.owner() : from.substring(0, colon);
    pull.title = title;
    pull.body = body;
    pulls.put(pull.number, pull);
    follow(pull);
    index.note(pull);
    announce(pull, "opened", login, Map.of());
    return pull;
  }

  private void refuseSecond(String head, String base) {
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
    // All branches in one look: with a hundred pull requests, one look for each took most of the
    // sandbox's time. Nothing here moves a branch.
    Map<String, String> tips = repository.tips();
    pulls.values().stream().filter(pull -> pull.open).forEach(pull -> follow(pull, tips));
  }

  private void follow(Pull pull) {
    follow(pull, repository.tips());
  }

  private void follow(Pull pull, Map<String, String> tips) {
    String base = tips.get(pull.base);
    String head = tips.get(pull.head);
    if (base == null) {
      close(pull, pull.login);
      return;
    }
    String before = pull.headSha;
    if (before != null && !base.equals(pull.baseSha) && repository.contains(base, before)) {
      // Somebody merged it outside of GitHub.
      merged(pull, base, base, null);
      return;
    }
    if (head == null) {
      close(pull, pull.login);
      return;
    }
    pull.baseSha = base;
    if (!head.equals(before)) {
      pull.headSha = head;
      pull.updatedAt = hub.now();
      repository.moveRef("refs/pull/" + pull.number + "/head", head, true);
      if (before != null) {
        announce(pull, "synchronize", pull.login, Map.of("before", before, "after", head));
      }
    }
  }

  /** Changes title, body, base. */
  void edit(Pull pull, String title, String body, String base, String login) {
    if (!base.equals(pull.base)) {
      if (repository.tip(base).isEmpty()) {
        throw Refusal.invalid("PullRequest", "base", "invalid");
      }
      refuseSecond(pull.head, base);
    }
    pull.base = base;
    pull.title = title;
    pull.body = body;
    touch(pull);
    follow(pull);
    announce(pull, "edited", login, Map.of("changes", Map.of()));
  }

  /** Opens or closes it. */
  void turn(Pull pull, String state, String login) {
    if (state.equals(pull.state())) {
      return;
    }
    if (state.equals("closed")) {
      close(pull, login);
      return;
    }
    if (pull.merged()
        || repository.tip(pull.head).isEmpty()
        || repository.tip(pull.base).isEmpty()) {
      throw Refusal.custom(
          "PullRequest", "state cannot be changed. The pull request cannot be reopened.");
    }
    refuseSecond(pull.head, pull.base);
    pull.open = true;
    pull.closedInConflict = false;
    pull.closedAt = null;
    touch(pull);
    announce(pull, "reopened", login, Map.of());
  }

  private void close(Pull pull, String login) {
    pull.closedInConflict = repository.mergedTree(pull.baseSha, pull.headSha).isEmpty();
    pull.open = false;
    pull.closedAt = hub.now();
    touch(pull);
    announce(pull, "closed", login, Map.of());
  }

  private void merged(Pull pull, String baseSha, String commit, String login) {
    pull.baseSha = baseSha;
    pull.mergedAt = hub.now();
    pull.mergedBy = login;
    pull.mergeCommit = commit;
    close(pull, login == null ? pull.login : login);
  }

  private void touch(Pull pull) {
    pull.updatedAt = hub.now();
    index.note(pull);
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
      pull.mergeCommit =
          merges.trial(pull.baseSha, pull.headSha, tree.get(), "Merge " + pull.headSha, pull.login);
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
    if (merges.obstacle(pull, "").isPresent()) {
      return "blocked";
    }
    return merges.behind(pull) ? "behind" : "clean";
  }

  /**
   * Merges it; gives the new head of the base.
   *
   * @param expectedHead refused when the head is another
   * @param method merge, squash or rebase
   */
  String merge(
      Pull pull, Optional<String> expectedHead, String method, String message, String login) {
    if (!pull.open) {
      throw Refusal.of(405, "Pull Request is not mergeable");
    }
    if (pull.draft) {
      throw Refusal.of(405, "Pull Request is still a draft");
    }
    merges.refuse(method);
    if (expectedHead.isPresent() && !expectedHead.get().equals(pull.headSha)) {
      throw Refusal.of(409, "Head branch was modified. Review and try the merge again.");
    }
    merges
        .obstacle(pull, method)
        .ifPresent(
            obstacle -> {
              throw Refusal.of(405, obstacle);
            });
    String commit =
        merges
            .commit(pull.baseSha, pull.headSha, method, message, login)
            .orElseThrow(() -> Refusal.of(405, "Pull Request is not mergeable"));
    String base = pull.baseSha;
    repository.moveRef("refs/heads/" + pull.base, commit, false);
    merged(pull, base, commit, login);
    return commit;
  }

  /** What a webhook about it carries. */
  Map<String, Object> about(Place place, Pull pull) {
    return Json.object(
        "number", pull.number, "pull_request", shapes.whole(place, pull, null, "unknown"));
  }

  private void announce(Pull pull, String action, String login, Map<String, Object> more) {
    hub.announce(
        "pull_request",
        action,
        login,
        place -> {
          Map<String, Object> about = about(place, pull);
          about.putAll(more);
          return about;
        });
  }
}
