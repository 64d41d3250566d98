package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.Comparison;
import dev.signalbox.sandbox.git.FileChange;
import dev.signalbox.sandbox.git.GitRepository;
import java.util.List;
import java.util.Map;

/** Pull requests as answers and webhooks show them. */
final class PullShapes {

  private final GitRepository repository;
  private final Shapes shapes;
  private final IssueShapes issues;

  PullShapes(GitRepository repository, Shapes shapes, IssueShapes issues) {
    this.repository = repository;
    this.shapes = shapes;
    this.issues = issues;
  }

  /** As in a list. */
  Map<String, Object> brief(Place place, Pull pull) {
    String url = shapes.url(place, "/pulls/" + pull.number);
    String page = shapes.page(place, "/pull/" + pull.number);
    String issue = shapes.url(place, "/issues/" + pull.number);
    String statuses = shapes.url(place, "/statuses/" + pull.headSha);
    Map<String, Object> shape =
        Json.object(
            "url",
            url,
            "id",
            pull.id,
            "node_id",
            "PR_" + pull.id,
            "html_url",
            page,
            "diff_url",
            page + ".diff",
            "patch_url",
            page + ".patch",
            "issue_url",
            issue,
            "commits_url",
            url + "/commits",
            "review_comments_url",
            url + "/comments",
            "review_comment_url",
            shapes.url(place, "/pulls/comments{/number}"),
            "comments_url",
            issue + "/comments",
            "statuses_url",
            statuses,
            "merged_at",
            Json.time(pull.mergedAt),
            "requested_reviewers",
            List.of(),
            "requested_teams",
            List.of(),
            "draft",
            pull.draft,
            "head",
            end(place, pull.owner, pull.head, pull.headSha),
            "base",
            end(place, repository.owner(), pull.base, pull.baseSha),
            "auto_merge",
            null,
            "_links",
            links(url, page, issue, statuses));
    shape.putAll(issues.shared(place, pull));
    if (place.before2026()) {
      shape.put("merge_commit_sha", pull.mergeCommit);
      shape.put("assignee", null);
    }
    return shape;
  }

  private static Map<String, Object> links(String url, String page, String issue, String statuses) {
    return Json.object(
        "self",
        Map.of("href", url),
        "html",
        Map.of("href", page),
        "issue",
        Map.of("href", issue),
        "comments",
        Map.of("href", issue + "/comments"),
        "commits",
        Map.of("href", url + "/commits"),
        "statuses",
        Map.of("href", statuses));
  }

  private Map<String, Object> end(Place place, String owner, String branch, String sha) {
    return Json.object(
        "label",
        owner + ":" + branch,
        "ref",
        branch,
        "sha",
        sha,
        "user",
        shapes.user(place, owner),
        "repo",
        shapes.repository(place, owner));
  }

  /**
   * As for itself.
   *
   * @param mergeable null while GitHub computes it; only a read makes it begin
   */
  Map<String, Object> whole(Place place, Pull pull, Boolean mergeable, String mergeableState) {
    Map<String, Object> shape = brief(place, pull);
    Comparison comparison = repository.compare(pull.baseSha, pull.headSha);
    List<FileChange> files = files(pull);
    shape.put("merged", pull.merged());
    shape.put("mergeable", mergeable);
    shape.put("rebaseable", mergeable);
    shape.put("mergeable_state", mergeableState);
    shape.put("merged_by", shapes.user(place, pull.mergedBy));
    shape.put("comments", pull.comments);
    shape.put("review_comments", 0);
    shape.put("maintainer_can_modify", false);
    shape.put("commits", comparison.aheadBy());
    shape.put("additions", files.stream().mapToInt(FileChange::additions).sum());
    shape.put("deletions", files.stream().mapToInt(FileChange::deletions).sum());
    shape.put("changed_files", files.size());
    return shape;
  }

  /** What it changes: from where head left base. */
  List<FileChange> files(Pull pull) {
    return repository
        .compare(pull.baseSha, pull.headSha)
        .mergeBase()
        .map(base -> repository.changes(base.sha(), pull.headSha))
        .orElse(List.of());
  }
}
