package dev.signalbox.sandbox.github;

import java.util.Map;

/** The account and the repository. */
final class RepositoryRoutes {

  private final Shapes shapes;
  private final RepositoryOptions options;

  RepositoryRoutes(Shapes shapes, RepositoryOptions options) {
    this.shapes = shapes;
    this.options = options;
  }

  void addTo(RouteTable table) {
    table.add("GET", "/", request -> Reply.ok(root(request)));
    table.add("GET", "/user", request -> Reply.ok(shapes.user(request, request.login())));
    table.add("GET", "/users/{login}", this::user);
    table.inRepository("GET", "", request -> Reply.ok(repository(request)));
    table.inRepository("PATCH", "", this::update);
    table.inRepository("GET", "/collaborators/{login}/permission", this::permission);
  }

  private Map<String, Object> repository(Request request) {
    Map<String, Object> shape = shapes.repository(request);
    shape.putAll(options.shown());
    return shape;
  }

  private Reply update(Request request) {
    options.take(request);
    return Reply.done(200, repository(request));
  }

  /** Every known token may do everything. */
  private Reply permission(Request request) {
    return Reply.ok(
        Json.object(
            "permission",
            "admin",
            "role_name",
            "admin",
            "user",
            shapes.user(request, request.path("login"))));
  }

  private static Map<String, Object> root(Request request) {
    return Json.object(
        "current_user_url",
        request.base() + "/user",
        "rate_limit_url",
        request.base() + "/rate_limit",
        "repository_url",
        request.base() + "/repos/{owner}/{repo}",
        "user_url",
        request.base() + "/users/{user}");
  }

  private Reply user(Request request) {
    return Reply.ok(shapes.user(request, request.path("login")));
  }
}
