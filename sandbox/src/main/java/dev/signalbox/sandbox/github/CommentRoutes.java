package dev.signalbox.sandbox.github;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Comments in the conversation of a pull request, which to GitHub is an issue. */
final class CommentRoutes {

  private record Comment(
      long id, long number, String login, String body, Instant createdAt, Instant updatedAt) {}

  private final Hub hub;
  private final Shapes shapes;
  private final Pulls pulls;
  private final Map<Long, Comment> comments = new TreeMap<>();

  CommentRoutes(Hub hub, Shapes shapes, Pulls pulls) {
    this.hub = hub;
    this.shapes = shapes;
    this.pulls = pulls;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", "/issues/{number}/comments", this::list);
    table.inRepository("POST", "/issues/{number}/comments", this::create);
    table.inRepository("GET", "/issues/comments/{id}", this::get);
    table.inRepository("PATCH", "/issues/comments/{id}", this::update);
    table.inRepository("DELETE", "/issues/comments/{id}", this::delete);
  }

  private Reply list(Request request) {
    Pull pull = pulls.get(request.number("number"));
    request.about(pull.base, pull.number);
    List<Comment> found =
        comments.values().stream().filter(comment -> comment.number() == pull.number).toList();
    return Pages.array(request, found, comment -> shape(request, comment));
  }

  private Reply create(Request request) {
    Pull pull = pulls.get(request.number("number"));
    Comment comment =
        new Comment(
            hub.nextId(),
            pull.number,
            request.login(),
            request.required("IssueComment", "body"),
            hub.now(),
            hub.now());
    comments.put(comment.id(), comment);
    request.about(pull.base, pull.number);
    return Reply.done(201, shape(request, comment));
  }

  private Comment find(Request request) {
    long id = request.number("id");
    request.about(null, id);
    return Optional.ofNullable(comments.get(id)).orElseThrow(Refusal::notFound);
  }

  private Reply get(Request request) {
    return Reply.ok(shape(request, find(request)));
  }

  private Reply update(Request request) {
    Comment before = find(request);
    Comment after =
        new Comment(
            before.id(),
            before.number(),
            before.login(),
            request.required("IssueComment", "body"),
            before.createdAt(),
            hub.now());
    comments.put(after.id(), after);
    return Reply.done(200, shape(request, after));
  }

  private Reply delete(Request request) {
    comments.remove(find(request).id());
    return Reply.done(204, null);
  }

  private Map<String, Object> shape(Request request, Comment comment) {
    return Json.object(
        "id",
        comment.id(),
        "node_id",
        "IC_" + comment.id(),
        "url",
        shapes.url(request, "/issues/comments/" + comment.id()),
        "html_url",
        shapes.page(request, "/pull/" + comment.number() + "#issuecomment-" + comment.id()),
        "issue_url",
        shapes.url(request, "/issues/" + comment.number()),
        "user",
        shapes.user(request, comment.login()),
        "body",
        comment.body(),
        "created_at",
        Json.time(comment.createdAt()),
        "updated_at",
        Json.time(comment.updatedAt()),
        "author_association",
        "MEMBER");
  }
}
