package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.FileChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Comments on single lines of a pull request's diff. */
final class ReviewCommentRoutes {
  private static final String ALL = "/pulls/{number}/comments";
  private static final String RESOURCE = "PullRequestReviewComment";

  private final Hub hub;
  private final Shapes shapes;
  private final PullShapes pullShapes;
  private final Pulls pulls;
  private final List<ReviewComment> comments = new ArrayList<>();

  private record ReviewComment(
      long id,
      long pull,
      String login,
      String body,
      String commit,
      String path,
      long line,
      Instant at) {}

  ReviewCommentRoutes(Hub hub, Shapes shapes, PullShapes pullShapes, Pulls pulls) {
    this.hub = hub;
    this.shapes = shapes;
    this.pullShapes = pullShapes;
    this.pulls = pulls;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", ALL, this::list);
    table.inRepository("POST", ALL, this::create);
  }

  private Pull pull(Request request) {
    Pull pull = pulls.get(request.number("number"));
    request.about(pull.base, pull.number);
    return pull;
  }

  private Reply list(Request request) {
    long number = pull(request).number;
    return Pages.array(
        request,
        comments.stream().filter(comment -> comment.pull() == number).toList(),
        comment -> shape(request, comment));
  }

  private Reply create(Request request) {
    Pull pull = pull(request);
    String body = request.required(RESOURCE, "body");
    String path = request.required(RESOURCE, "path");
    long line = Long.parseLong(request.required(RESOURCE, "line"));
    List<FileChange> changed =
        pullShapes.files(pull).stream().filter(change -> change.path().equals(path)).toList();
    // Of a file that was changed only, its hunks too would count; here its whole length does.
    if (changed.isEmpty() || line < 1) {
      throw Refusal.custom(RESOURCE, "pull_request_review_thread.line must be part of the diff");
    }
    ReviewComment comment =
        new ReviewComment(
            hub.nextId(),
            pull.number,
            request.login(),
            body,
            request.required(RESOURCE, "commit_id"),
            path,
            line,
            hub.now());
    comments.add(comment);
    return Reply.done(201, shape(request, comment));
  }

  private Map<String, Object> shape(Place place, ReviewComment comment) {
    return Json.object(
        "id",
        comment.id(),
        "node_id",
        "PRRC_" + comment.id(),
        "url",
        shapes.url(place, "/pulls/comments/" + comment.id()),
        "html_url",
        shapes.page(place, "/pull/" + comment.pull() + "#discussion_r" + comment.id()),
        "user",
        shapes.user(place, comment.login()),
        "body",
        comment.body(),
        "path",
        comment.path(),
        "line",
        comment.line(),
        "side",
        "RIGHT",
        "commit_id",
        comment.commit(),
        "created_at",
        Json.time(comment.at()),
        "updated_at",
        Json.time(comment.at()));
  }
}
