package dev.signalbox.sandbox.github;

import java.util.Map;

/** The protection of a branch, whole and in parts. */
final class ProtectionRoutes {

  private static final String WHOLE = "/branches/{branch*}/protection";
  private static final String CHECKS = WHOLE + "/required_status_checks";
  private static final String REVIEWS = WHOLE + "/required_pull_request_reviews";
  private static final String ADMINS = WHOLE + "/enforce_admins";

  private final Hub hub;
  private final Shapes shapes;
  private final Protection protection;

  ProtectionRoutes(Hub hub, Shapes shapes, Protection protection) {
    this.hub = hub;
    this.shapes = shapes;
    this.protection = protection;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", WHOLE, request -> Reply.ok(shape(request, find(request))));
    table.inRepository("PUT", WHOLE, this::protect);
    table.inRepository("DELETE", WHOLE, this::unprotect);
    table.inRepository("GET", CHECKS, request -> Reply.ok(checks(request, find(request))));
    table.inRepository("PATCH", CHECKS, this::updateChecks);
    table.inRepository("DELETE", CHECKS, this::removeChecks);
    table.inRepository("GET", CHECKS + "/contexts", request -> Reply.ok(find(request).contexts()));
    table.inRepository("GET", REVIEWS, request -> Reply.ok(reviews(request, find(request))));
    table.inRepository("PATCH", REVIEWS, this::updateReviews);
    table.inRepository("DELETE", REVIEWS, this::removeReviews);
    table.inRepository("GET", ADMINS, request -> Reply.ok(admins(request, find(request))));
    table.inRepository("POST", ADMINS, request -> enforce(request, true));
    table.inRepository("DELETE", ADMINS, request -> enforce(request, false));
  }

  private String branch(Request request) {
    String branch = request.path("branch");
    request.about(branch, null);
    hub.branchTip(branch);
    return branch;
  }

  private BranchProtection find(Request request) {
    return protection
        .of(branch(request))
        .orElseThrow(() -> Refusal.of(404, "Branch not protected"));
  }

  private Reply protect(Request request) {
    String branch = branch(request);
    for (String field :
        new String[] {
          "required_status_checks",
          "enforce_admins",
          "required_pull_request_reviews",
          "restrictions"
        }) {
      if (!request.body().has(field)) {
        throw Refusal.of(422, "Invalid request.\n\n\"" + field + "\" wasn't supplied.");
      }
    }
    protection.protect(branch, BranchProtection.read(request.body()));
    return Reply.done(200, shape(request, find(request)));
  }

  private Reply unprotect(Request request) {
    find(request);
    protection.unprotect(request.path("branch"));
    return Reply.done(204, null);
  }

  private Reply updateChecks(Request request) {
    BranchProtection.Checks before =
        find(request).checks().orElseThrow(() -> missing("status checks"));
    BranchProtection.Checks sent = BranchProtection.checks(request.body());
    boolean named = request.body().has("contexts") || request.body().has("checks");
    BranchProtection after =
        find(request)
            .with(
                new BranchProtection.Checks(
                    named ? sent.contexts() : before.contexts(),
                    request.flag("strict", before.strict())));
    protection.protect(request.path("branch"), after);
    return Reply.done(200, checks(request, after));
  }

  private Reply removeChecks(Request request) {
    protection.protect(request.path("branch"), find(request).with((BranchProtection.Checks) null));
    return Reply.done(204, null);
  }

  private Reply updateReviews(Request request) {
    BranchProtection before = find(request);
    BranchProtection after =
        before.with(
            BranchProtection.reviews(
                request.body(),
                before.reviews().orElse(new BranchProtection.Reviews(1, false, false))));
    protection.protect(request.path("branch"), after);
    return Reply.done(200, reviews(request, after));
  }

  private Reply removeReviews(Request request) {
    protection.protect(request.path("branch"), find(request).with((BranchProtection.Reviews) null));
    return Reply.done(204, null);
  }

  private Reply enforce(Request request, boolean enforced) {
    BranchProtection after = find(request).withAdmins(enforced);
    protection.protect(request.path("branch"), after);
    return enforced ? Reply.done(200, admins(request, after)) : Reply.done(204, null);
  }

  private static Refusal missing(String what) {
    return Refusal.of(404, "Required " + what + " not enabled");
  }

  private String url(Request request, String part) {
    return shapes.url(request, "/branches/" + request.path("branch") + "/protection" + part);
  }

  private Map<String, Object> shape(Request request, BranchProtection guard) {
    Map<String, Object> shape = Json.object("url", url(request, ""));
    if (guard.checks().isPresent()) {
      shape.put("required_status_checks", checks(request, guard));
    }
    if (guard.reviews().isPresent()) {
      shape.put("required_pull_request_reviews", reviews(request, guard));
    }
    shape.put(
        "required_signatures",
        Json.object("url", url(request, "/required_signatures"), "enabled", false));
    shape.put("enforce_admins", admins(request, guard));
    shape.put("required_linear_history", Map.of("enabled", guard.linear()));
    shape.put("allow_force_pushes", Map.of("enabled", guard.forcePushes()));
    shape.put("allow_deletions", Map.of("enabled", guard.deletions()));
    shape.put("block_creations", Map.of("enabled", false));
    shape.put("required_conversation_resolution", Map.of("enabled", false));
    shape.put("lock_branch", Map.of("enabled", false));
    shape.put("allow_fork_syncing", Map.of("enabled", false));
    return shape;
  }

  private Map<String, Object> checks(Request request, BranchProtection guard) {
    BranchProtection.Checks checks = guard.checks().orElseThrow(() -> missing("status checks"));
    String url = url(request, "/required_status_checks");
    return Json.object(
        "url",
        url,
        "strict",
        checks.strict(),
        "contexts",
        checks.contexts(),
        "contexts_url",
        url + "/contexts",
        "checks",
        checks.contexts().stream()
            .map(context -> Json.object("context", context, "app_id", null))
            .toList());
  }

  private Map<String, Object> reviews(Request request, BranchProtection guard) {
    BranchProtection.Reviews reviews =
        guard.reviews().orElseThrow(() -> missing("pull request reviews"));
    return Json.object(
        "url",
        url(request, "/required_pull_request_reviews"),
        "dismiss_stale_reviews",
        reviews.dismissStale(),
        "require_code_owner_reviews",
        reviews.codeOwners(),
        "require_last_push_approval",
        false,
        "required_approving_review_count",
        reviews.approvals());
  }

  private Map<String, Object> admins(Request request, BranchProtection guard) {
    return Json.object("url", url(request, "/enforce_admins"), "enabled", guard.enforceAdmins());
  }
}
