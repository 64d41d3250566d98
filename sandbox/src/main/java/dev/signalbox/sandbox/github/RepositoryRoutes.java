package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.Commit;
import java.util.Map;

/** The account, the repository and its branches. */
final class RepositoryRoutes {

  private final Hub hub;
  private final Shapes shapes;
  private final Protection protection;

  RepositoryRoutes(Hub hub, Shapes shapes, Protection protection) {
    this.hub = hub;
    this.shapes = shapes;
    this.protection = protection;
  }

  void addTo(RouteTable table) {
    table.add("GET", "/", request -> Reply.ok(root(request)));
    table.add("GET", "/user", request -> Reply.ok(shapes.user(request, request.login())));
    table.add("GET", "/users/{login}", this::user);
    table.inRepository("GET", "", request -> Reply.ok(shapes.repository(request)));
    table.inRepository("GET", "/branches", this::branches);
    table.inRepository("GET", "/branches/{branch*}/protection", this::protection);
    table.inRepository("GET", "/branches/{branch*}", this::branch);
    table.inRepository("GET", "/rules/branches/{branch*}", this::rules);
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

  private Reply branches(Request request) {
    return Pages.array(
        request, hub.repository().branches(), branch -> shortBranch(request, branch));
  }

  private Map<String, Object> shortBranch(Request request, String branch) {
    String sha = hub.branchTip(branch);
    return Json.object(
        "name",
        branch,
        "commit",
        Json.object("sha", sha, "url", shapes.url(request, "/commits/" + sha)),
        "protected",
        protection.isProtected(branch));
  }

  private Reply branch(Request request) {
    String branch = request.path("branch");
    request.about(branch, null);
    Commit tip = hub.repository().commitAt(hub.branchTip(branch));
    Map<String, Object> shape = shortBranch(request, branch);
    shape.put("commit", shapes.commit(request, tip));
    shape.put("protection_url", shapes.url(request, "/branches/" + branch + "/protection"));
    return Reply.ok(shape);
  }

  private Reply protection(Request request) {
    String branch = request.path("branch");
    request.about(branch, null);
    hub.branchTip(branch);
    if (!protection.isProtected(branch)) {
      throw Refusal.of(404, "Branch not protected");
    }
    return Reply.ok(
        Json.object(
            "url",
            shapes.url(request, "/branches/" + branch + "/protection"),
            "required_status_checks",
            Json.object(
                "strict",
                false,
                "contexts",
                protection.contexts(branch),
                "checks",
                protection.contexts(branch).stream()
                    .map(context -> Json.object("context", context, "app_id", null))
                    .toList()),
            "enforce_admins",
            Json.object("enabled", true)));
  }

  private Reply rules(Request request) {
    String branch = request.path("branch");
    request.about(branch, null);
    return Pages.array(
        request,
        protection.ruleContexts(branch).stream().toList(),
        contexts ->
            Json.object(
                "type",
                "required_status_checks",
                "ruleset_source_type",
                "Repository",
                "ruleset_source",
                hub.repository().name(),
                "ruleset_id",
                1,
                "parameters",
                Json.object(
                    "strict_required_status_checks_policy",
                    false,
                    "required_status_checks",
                    contexts.stream().map(context -> Json.object("context", context)).toList())));
  }
}
