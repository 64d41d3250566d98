package dev.signalbox.sandbox.github;

import java.util.List;
import java.util.Optional;

/** Comments of issues and of pull requests, which to GitHub are issues. */
final class CommentRoutes {

  private static final List<String> CONTENTS =
      List.of("+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes");

  private final Issues issues;
  private final Comments comments;
  private final IssueShapes shapes;

  CommentRoutes(Issues issues, Comments comments, IssueShapes shapes) {
    this.issues = issues;
    this.comments = comments;
    this.shapes = shapes;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", "/issues/comments", this::listAll);
    table.inRepository("GET", "/issues/comments/{id}", this::get);
    table.inRepository("PATCH", "/issues/comments/{id}", this::update);
    table.inRepository("DELETE", "/issues/comments/{id}", this::delete);
    table.inRepository("GET", "/issues/comments/{id}/reactions", this::listReactions);
    table.inRepository("POST", "/issues/comments/{id}/reactions", this::react);
    table.inRepository("GET", "/issues/{number}/comments", this::list);
    table.inRepository("POST", "/issues/{number}/comments", this::create);
  }

  private Reply listReactions(Request request) {
    return Pages.array(
        request, comments.reactions(find(request)), one -> shapes.reaction(request, one));
  }

  private Reply react(Request request) {
    Comments.Comment comment = find(request);
    String content = request.required("Reaction", "content");
    if (!CONTENTS.contains(content)) {
      throw Refusal.custom("Reaction", "content is none of " + CONTENTS);
    }
    Optional<Comments.Reaction> made = comments.react(comment, request.login(), content);
    return made.map(one -> Reply.done(201, shapes.reaction(request, one)))
        .orElseGet(
            () ->
                Reply.ok(
                    comments.reactions(comment).stream()
                        .filter(one -> one.login().equals(request.login()))
                        .filter(one -> one.content().equals(content))
                        .findFirst()
                        .map(one -> shapes.reaction(request, one))
                        .orElseThrow()));
  }

  private Reply listAll(Request request) {
    return Pages.array(request, comments.all(), comment -> shape(request, comment));
  }

  private Reply list(Request request) {
    Issue issue = IssueRoutes.find(issues, request);
    return Pages.array(request, comments.of(issue), comment -> shape(request, comment));
  }

  private Reply create(Request request) {
    Issue issue = IssueRoutes.find(issues, request);
    String body = request.required("IssueComment", "body");
    return Reply.done(201, shape(request, comments.add(issue, request.login(), body)));
  }

  private Comments.Comment find(Request request) {
    long id = request.number("id");
    request.about(null, id);
    return comments.find(id).orElseThrow(Refusal::notFound);
  }

  private Reply get(Request request) {
    return Reply.ok(shape(request, find(request)));
  }

  private Reply update(Request request) {
    String body = request.required("IssueComment", "body");
    return Reply.done(200, shape(request, comments.edit(find(request), body, request.login())));
  }

  private Reply delete(Request request) {
    comments.remove(find(request), request.login());
    return Reply.done(204, null);
  }

  private Object shape(Request request, Comments.Comment comment) {
    return shapes.comment(request, comment, issues.get(comment.number()));
  }
}
