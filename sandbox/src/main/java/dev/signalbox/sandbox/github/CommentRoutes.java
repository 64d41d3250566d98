package dev.signalbox.sandbox.github;

/** Comments of issues and of pull requests, which to GitHub are issues. */
final class CommentRoutes {

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
    table.inRepository("GET", "/issues/{number}/comments", this::list);
    table.inRepository("POST", "/issues/{number}/comments", this::create);
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
