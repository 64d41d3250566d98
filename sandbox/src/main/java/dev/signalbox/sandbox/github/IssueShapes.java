package dev.signalbox.sandbox.github;

import java.util.List;
import java.util.Map;

/** Issues, labels and comments as answers and webhooks show them. */
final class IssueShapes {

  private final Shapes shapes;
  private final Labels labels;

  IssueShapes(Shapes shapes, Labels labels) {
    this.shapes = shapes;
    this.labels = labels;
  }

  Map<String, Object> issue(Place place, Issue issue) {
    String url = shapes.url(place, "/issues/" + issue.number);
    String kind = issue.pull().isPresent() ? "/pull/" : "/issues/";
    Map<String, Object> shape =
        Json.object(
            "url",
            url,
            "repository_url",
            shapes.url(place, ""),
            "labels_url",
            url + "/labels{/name}",
            "comments_url",
            url + "/comments",
            "events_url",
            url + "/events",
            "html_url",
            shapes.page(place, kind + issue.number),
            "id",
            issue.id,
            "node_id",
            "I_" + issue.id,
            "state_reason",
            issue.stateReason,
            "assignee",
            issue.assignees.stream().findFirst().map(one -> shapes.user(place, one)).orElse(null),
            "comments",
            issue.comments);
    shape.putAll(shared(place, issue));
    issue.pull().ifPresent(pull -> shape.put("pull_request", link(place, pull)));
    return shape;
  }

  /** What an issue and a pull request say alike: its words, its people, its times. */
  Map<String, Object> shared(Place place, Issue issue) {
    return Json.object(
        "number",
        issue.number,
        "state",
        issue.state(),
        "locked",
        false,
        "title",
        issue.title,
        "body",
        issue.body,
        "user",
        shapes.user(place, issue.login),
        "author_association",
        "MEMBER",
        "assignees",
        issue.assignees.stream().map(login -> shapes.user(place, login)).toList(),
        "labels",
        labels(place, issue),
        "milestone",
        null,
        "created_at",
        Json.time(issue.createdAt),
        "updated_at",
        Json.time(issue.updatedAt),
        "closed_at",
        Json.time(issue.closedAt));
  }

  /** How an issue says that it is a pull request. */
  private Map<String, Object> link(Place place, Pull pull) {
    String page = shapes.page(place, "/pull/" + pull.number);
    return Json.object(
        "url",
        shapes.url(place, "/pulls/" + pull.number),
        "html_url",
        page,
        "diff_url",
        page + ".diff",
        "patch_url",
        page + ".patch",
        "merged_at",
        Json.time(pull.mergedAt));
  }

  List<Map<String, Object>> labels(Place place, Issue issue) {
    return issue.labels.stream()
        .flatMap(name -> labels.find(name).stream())
        .map(label -> label(place, label))
        .toList();
  }

  Map<String, Object> label(Place place, Labels.Label label) {
    return Json.object(
        "id",
        label.id(),
        "node_id",
        "LA_" + label.id(),
        "url",
        shapes.url(place, "/labels/" + Shapes.segment(label.name())),
        "name",
        label.name(),
        "color",
        label.color(),
        "default",
        label.ofItsOwn(),
        "description",
        label.description());
  }

  Map<String, Object> reaction(Place place, Comments.Reaction reaction) {
    return Json.object(
        "id",
        reaction.id(),
        "user",
        shapes.user(place, reaction.login()),
        "content",
        reaction.content(),
        "created_at",
        Json.time(reaction.createdAt()));
  }

  Map<String, Object> comment(Place place, Comments.Comment comment, Issue issue) {
    String kind = issue.pull().isPresent() ? "/pull/" : "/issues/";
    return Json.object(
        "id",
        comment.id(),
        "node_id",
        "IC_" + comment.id(),
        "url",
        shapes.url(place, "/issues/comments/" + comment.id()),
        "html_url",
        shapes.page(place, kind + issue.number + "#issuecomment-" + comment.id()),
        "issue_url",
        shapes.url(place, "/issues/" + issue.number),
        "user",
        shapes.user(place, comment.login()),
        "body",
        comment.body(),
        "created_at",
        Json.time(comment.createdAt()),
        "updated_at",
        Json.time(comment.updatedAt()),
        "author_association",
        "MEMBER",
        "performed_via_github_app",
        null);
  }
}
