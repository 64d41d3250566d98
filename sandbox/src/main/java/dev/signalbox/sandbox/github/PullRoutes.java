package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.Commit;
import dev.signalbox.sandbox.git.GitRepository;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Pull requests: found, opened, changed and merged. */
final class PullRoutes {

  private final Hub hub;
  private final GitRepository repository;
  private final PullShapes shapes;
  private final Shapes commits;
  private final Pulls pulls;

  PullRoutes(Hub hub, PullShapes shapes, Shapes commits, Pulls pulls) {
    this.hub = hub;
    this.repository = hub.repository();
    this.shapes = shapes;
    this.commits = commits;
    this.pulls = pulls;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", "/pulls", this::list);
    table.inRepository("POST", "/pulls", this::create);
    table.inRepository("GET", "/pulls/{number}", this::get);
    table.inRepository("PATCH", "/pulls/{number}", this::update);
    table.inRepository("GET", "/pulls/{number}/commits", this::commits);
    table.inRepository("GET", "/pulls/{number}/files", this::files);
    table.inRepository("PUT", "/pulls/{number}/update-branch", this::updateBranch);
    table.inRepository("GET", "/pulls/{number}/merge", this::isMerged);
    table.inRepository("PUT", "/pulls/{number}/merge", this::merge);
    table.inRepository("GET", "/commits/{ref}/pulls", this::ofCommit);
  }

  private Reply list(Request request) {
    String state = request.query("state").orElse("open");
    Optional<String> head = request.query("head").map(this::branch);
    Optional<String> base = request.query("base");
    List<Pull> found =
        new ArrayList<>(
            pulls.all().stream()
                .filter(pull -> state.equals("all") || pull.state().equals(state))
                .filter(pull -> head.map(pull.head::equals).orElse(true))
                .filter(pull -> base.map(pull.base::equals).orElse(true))
                .toList());
    boolean byUpdate = request.query("sort").filter("updated"::equals).isPresent();
    found.sort(
        byUpdate
            ? Comparator.comparing((Pull pull) -> pull.updatedAt)
            : Comparator.comparing((Pull pull) -> pull.number));
    // Newest first unless a sort is named without direction "desc".
    String direction =
        request.query("direction").orElse(request.query("sort").isPresent() ? "asc" : "desc");
    if (direction.equals("desc")) {
      Collections.reverse(found);
    }
    return Pages.array(request, found, pull -> shapes.brief(request, pull));
  }

  /** {@code owner:branch}; another owner's is a branch of a fork. */
  private String branch(String head) {
    String prefix = repository.owner() + ":";
    return head.startsWith(prefix) ? head.substring(prefix.length()) : head;
  }

  private Reply create(Request request) {
    String head = branch(request.required("PullRequest", "head"));
    String base = request.required("PullRequest", "base");
    String title = request.required("PullRequest", "title");
    Pull pull =
        pulls.open(
            head,
            base,
            title,
            request.text("body").orElse(null),
            request.flag("draft", false),
            request.login());
    request.about(base, pull.number);
    return Reply.done(201, shapes.whole(request, pull, null, "unknown"));
  }

  private Reply get(Request request) {
    Pull pull = find(request);
    if (request.accepts("diff") || request.accepts("patch")) {
      String diff = repository.diff(mergeBase(pull), pull.headSha);
      return Reply.ok(diff.getBytes(StandardCharsets.UTF_8)).with("Content-Type", "text/plain");
    }
    Boolean mergeable = pulls.mergeable(pull);
    return Reply.ok(shapes.whole(request, pull, mergeable, pulls.mergeableState(pull, mergeable)));
  }

  private Pull find(Request request) {
    Pull pull = pulls.get(request.number("number"));
    request.about(pull.base, pull.number);
    return pull;
  }

  private String mergeBase(Pull pull) {
    return repository
        .compare(pull.baseSha, pull.headSha)
        .mergeBase()
        .map(Commit::sha)
        .orElse(pull.baseSha);
  }

  private Reply update(Request request) {
    Pull pull = find(request);
    if (request
        .text("title")
        .or(() -> request.text("body"))
        .or(() -> request.text("base"))
        .isPresent()) {
      pulls.edit(
          pull,
          request.text("title").orElse(pull.title),
          request.text("body").orElse(pull.body),
          request.text("base").orElse(pull.base),
          request.login());
    }
    request.text("state").ifPresent(state -> pulls.turn(pull, state, request.login()));
    return Reply.done(200, shapes.whole(request, pull, null, "unknown"));
  }

  private Reply files(Request request) {
    Pull pull = find(request);
    return Pages.array(
        request, shapes.files(pull), change -> commits.file(request, change, pull.headSha));
  }

  /** Merges the base into the head branch. */
  private Reply updateBranch(Request request) {
    Pull pull = find(request);
    if (request.text("expected_head_sha").filter(sha -> !sha.equals(pull.headSha)).isPresent()) {
      throw Refusal.of(422, "expected head sha didn’t match current head ref.");
    }
    if (repository.contains(pull.headSha, pull.baseSha)) {
      throw Refusal.of(422, "There are no new commits on the base branch.");
    }
    Optional<String> merged =
        MergeRoutes.mergeInto(
            hub,
            pull.head,
            pull.headSha,
            pull.baseSha,
            "Merge branch '" + pull.base + "' into " + pull.head,
            request.login());
    if (merged.isEmpty()) {
      throw Refusal.of(422, "merge conflict between base and head");
    }
    return Reply.done(
        202,
        Json.object(
            "message",
            "Updating pull request branch.",
            "url",
            request.base() + "/repos/" + repository.name() + "/pulls/" + pull.number));
  }

  private Reply commits(Request request) {
    Pull pull = find(request);
    return Pages.array(
        request,
        repository.compare(pull.baseSha, pull.headSha).commits(),
        commit -> commits.commit(request, commit));
  }

  private Reply isMerged(Request request) {
    if (!find(request).merged()) {
      throw Refusal.notFound();
    }
    return Reply.empty(204);
  }

  private Reply merge(Request request) {
    Pull pull = find(request);
    String title =
        request
            .text("commit_title")
            .orElse(
                "Merge pull request #"
                    + pull.number
                    + " from "
                    + repository.owner()
                    + "/"
                    + pull.head);
    String text = request.text("commit_message").orElse(pull.title);
    String sha =
        pulls.merge(
            pull,
            request.text("sha"),
            request.text("merge_method").orElse("merge"),
            text.isEmpty() ? title : title + "\n\n" + text,
            request.login());
    return Reply.done(
        200,
        Json.object("sha", sha, "merged", true, "message", "Pull Request successfully merged"));
  }

  private Reply ofCommit(Request request) {
    Commit commit = hub.commit(request.path("ref"));
    List<Pull> found = pulls.all().stream().filter(pull -> holds(pull, commit.sha())).toList();
    return Pages.array(request, found, pull -> shapes.brief(request, pull));
  }

  private boolean holds(Pull pull, String sha) {
    return sha.equals(pull.headSha)
        || (pull.merged() && sha.equals(pull.mergeCommit))
        || (repository.contains(pull.headSha, sha) && !repository.contains(pull.baseSha, sha));
  }
}
