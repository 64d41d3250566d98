package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.Commit;
import dev.signalbox.sandbox.git.GitRepository;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pull requests: found, opened, changed and merged. */
final class PullRoutes {

  private final Hub hub;
  private final GitRepository repository;
  private final Shapes shapes;
  private final Pulls pulls;

  PullRoutes(Hub hub, Shapes shapes, Pulls pulls) {
    this.hub = hub;
    this.repository = hub.repository();
    this.shapes = shapes;
    this.pulls = pulls;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", "/pulls", this::list);
    table.inRepository("POST", "/pulls", this::create);
    table.inRepository("GET", "/pulls/{number}", this::get);
    table.inRepository("PATCH", "/pulls/{number}", this::update);
    table.inRepository("GET", "/pulls/{number}/commits", this::commits);
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
    return Pages.array(request, found, pull -> brief(request, pull));
  }

  /** {@code owner:branch}; another owner's branch is not here. */
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
    return Reply.done(201, whole(request, pull, null));
  }

  private Reply get(Request request) {
    Pull pull = find(request);
    return Reply.ok(whole(request, pull, pulls.mergeable(pull)));
  }

  private Pull find(Request request) {
    Pull pull = pulls.get(request.number("number"));
    request.about(pull.base, pull.number);
    return pull;
  }

  private Reply update(Request request) {
    Pull pull = find(request);
    request.text("title").ifPresent(title -> pull.title = title);
    request.text("body").ifPresent(body -> pull.body = body);
    request.text("state").ifPresent(state -> turn(pull, state));
    pull.updatedAt = hub.now();
    return Reply.done(200, whole(request, pull, null));
  }

  private void turn(Pull pull, String state) {
    if (state.equals(pull.state())) {
      return;
    }
    if (state.equals("closed")) {
      pulls.close(pull);
      return;
    }
    if (pull.merged()
        || repository.tip(pull.head).isEmpty()
        || repository.tip(pull.base).isEmpty()) {
      throw Refusal.custom(
          "PullRequest", "state cannot be changed. The pull request cannot be reopened.");
    }
    pulls.refuseSecond(pull.head, pull.base);
    pull.open = true;
    pull.closedAt = null;
  }

  private Reply commits(Request request) {
    Pull pull = find(request);
    return Pages.array(
        request,
        repository.compare(pull.baseSha, pull.headSha).commits(),
        commit -> shapes.commit(request, commit));
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
    return Pages.array(request, found, pull -> brief(request, pull));
  }

  private boolean holds(Pull pull, String sha) {
    return sha.equals(pull.headSha)
        || (pull.merged() && sha.equals(pull.mergeCommit))
        || (repository.contains(pull.headSha, sha) && !repository.contains(pull.baseSha, sha));
  }

  private Map<String, Object> brief(Request request, Pull pull) {
    Map<String, Object> shape =
        Json.object(
            "url",
            shapes.url(request, "/pulls/" + pull.number),
            "id",
            pull.id,
            "node_id",
            "PR_" + pull.id,
            "html_url",
            shapes.page(request, "/pull/" + pull.number),
            "issue_url",
            shapes.url(request, "/issues/" + pull.number),
            "comments_url",
            shapes.url(request, "/issues/" + pull.number + "/comments"),
            "statuses_url",
            shapes.url(request, "/statuses/" + pull.headSha),
            "number",
            pull.number,
            "state",
            pull.state(),
            "locked",
            false,
            "title",
            pull.title,
            "user",
            shapes.user(request, pull.login),
            "body",
            pull.body,
            "created_at",
            Json.time(pull.createdAt),
            "updated_at",
            Json.time(pull.updatedAt),
            "closed_at",
            Json.time(pull.closedAt),
            "merged_at",
            Json.time(pull.mergedAt),
            "labels",
            List.of(),
            "requested_reviewers",
            List.of(),
            "draft",
            pull.draft,
            "head",
            end(request, pull.head, pull.headSha),
            "base",
            end(request, pull.base, pull.baseSha),
            "author_association",
            "MEMBER");
    if (request.before2026()) {
      shape.put("merge_commit_sha", pull.mergeCommit);
      shape.put("assignee", null);
    }
    return shape;
  }

  private Map<String, Object> end(Request request, String branch, String sha) {
    return Json.object(
        "label",
        repository.owner() + ":" + branch,
        "ref",
        branch,
        "sha",
        sha,
        "user",
        shapes.user(request, repository.owner()),
        "repo",
        shapes.repository(request));
  }

  /** Only a read makes GitHub compute whether it can be merged; a write answers null. */
  private Map<String, Object> whole(Request request, Pull pull, Boolean mergeable) {
    Map<String, Object> shape = brief(request, pull);
    shape.put("merged", pull.merged());
    shape.put("mergeable", mergeable);
    shape.put("rebaseable", mergeable);
    shape.put("mergeable_state", pulls.mergeableState(pull, mergeable));
    shape.put("merged_by", shapes.user(request, pull.mergedBy));
    shape.put("commits", repository.compare(pull.baseSha, pull.headSha).aheadBy());
    return shape;
  }
}
