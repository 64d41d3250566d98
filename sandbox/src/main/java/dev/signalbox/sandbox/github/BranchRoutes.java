package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.Commit;
import java.util.Map;

/** The branches of the repository. */
final class BranchRoutes {

  private final Hub hub;
  private final Shapes shapes;
  private final Protection protection;

  BranchRoutes(Hub hub, Shapes shapes, Protection protection) {
    this.hub = hub;
    this.shapes = shapes;
    this.protection = protection;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", "/branches", this::branches);
    table.inRepository("GET", "/branches/{branch*}", this::branch);
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
        protection.of(branch).isPresent());
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
}
