package dev.signalbox.sandbox.github;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Commit statuses: one at a time and combined. */
final class StatusRoutes {

  private static final Set<String> STATES = Set.of("error", "failure", "pending", "success");

  private final Hub hub;
  private final Shapes shapes;
  private final CheckShapes statuses;
  private final Checks checks;

  StatusRoutes(Hub hub, Shapes shapes, CheckShapes statuses, Checks checks) {
    this.hub = hub;
    this.shapes = shapes;
    this.statuses = statuses;
    this.checks = checks;
  }

  void addTo(RouteTable table) {
    table.inRepository("POST", "/statuses/{sha}", this::create);
    table.inRepository("GET", "/commits/{ref*}/status", this::combined);
    table.inRepository("GET", "/commits/{ref*}/statuses", this::list);
    // The url of a status has this form; PyGithub lists by it.
    table.inRepository("GET", "/statuses/{ref*}", this::list);
  }

  private Reply create(Request request) {
    String sha = hub.commit(request.path("sha")).sha();
    String state = request.required("Status", "state");
    if (!STATES.contains(state)) {
      throw Refusal.invalid("Status", "state", "invalid");
    }
    Checks.Status status =
        new Checks.Status(
            hub.nextId(),
            sha,
            request.text("context").orElse("default"),
            state,
            request.text("description").orElse(null),
            request.text("target_url").orElse(null),
            request.login(),
            hub.now());
    checks.add(status);
    request.about(null, sha);
    return Reply.done(201, statuses.status(request, status));
  }

  private Reply list(Request request) {
    String sha = hub.commit(request.path("ref")).sha();
    return Pages.array(request, checks.statuses(sha), status -> statuses.status(request, status));
  }

  private Reply combined(Request request) {
    String sha = hub.commit(request.path("ref")).sha();
    List<Checks.Status> newest = checks.newestStatuses(sha);
    Map<String, Object> body =
        Json.object(
            "state",
            state(newest),
            "statuses",
            Pages.shaped(request, newest, status -> statuses.status(request, status)),
            "sha",
            sha,
            "total_count",
            newest.size(),
            "repository",
            shapes.repository(request),
            "commit_url",
            shapes.url(request, "/commits/" + sha),
            "url",
            shapes.url(request, "/commits/" + sha + "/status"));
    return Pages.linked(request, newest.size(), Reply.ok(body));
  }

  /** Pending also when nothing is reported: nothing is not good. */
  private static String state(List<Checks.Status> newest) {
    if (newest.stream().anyMatch(s -> s.state().equals("failure") || s.state().equals("error"))) {
      return "failure";
    }
    boolean pending = newest.stream().anyMatch(status -> status.state().equals("pending"));
    return (newest.isEmpty() || pending) ? "pending" : "success";
  }
}
