package dev.signalbox.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Check runs. At GitHub only Apps may write them; here every token may, so that a test can play the
 * app: its runs carry the app {@code signalbox-sandbox}.
 */
final class CheckRoutes {

  private static final String APP = "signalbox-sandbox";
  private static final Set<String> CONCLUSIONS =
      Set.of(
          "success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required");

  private final Hub hub;
  private final Shapes shapes;
  private final Checks checks;

  CheckRoutes(Hub hub, Shapes shapes, Checks checks) {
    this.hub = hub;
    this.shapes = shapes;
    this.checks = checks;
  }

  void addTo(RouteTable table) {
    table.inRepository("POST", "/check-runs", this::create);
    table.inRepository("PATCH", "/check-runs/{id}", this::update);
    table.inRepository("GET", "/check-runs/{id}", this::get);
    table.inRepository("GET", "/commits/{ref*}/check-runs", this::list);
  }

  private Reply create(Request request) {
    String name = request.required("CheckRun", "name");
    String sha = hub.commit(request.required("CheckRun", "head_sha")).sha();
    Checks.Run fresh =
        new Checks.Run(
            hub.nextId(),
            sha,
            name,
            "queued",
            null,
            null,
            null,
            Map.of(),
            APP,
            checks.suite(sha, APP),
            hub.now(),
            null);
    return stored(request, 201, fresh);
  }

  private Reply update(Request request) {
    return stored(request, 200, find(request));
  }

  private Reply stored(Request request, int status, Checks.Run before) {
    String conclusion = request.text("conclusion").orElse(before.conclusion());
    if (conclusion != null && !CONCLUSIONS.contains(conclusion)) {
      throw Refusal.invalid("CheckRun", "conclusion", "invalid");
    }
    String state =
        request.text("conclusion").isPresent()
            ? "completed"
            : request.text("status").orElse(before.status());
    if (state.equals("completed") && conclusion == null) {
      throw Refusal.invalid("CheckRun", "conclusion", "missing_field");
    }
    JsonNode output = request.body().get("output");
    Checks.Run after =
        new Checks.Run(
            before.id(),
            before.sha(),
            request.text("name").orElse(before.name()),
            state,
            state.equals("completed") ? conclusion : null,
            request.text("details_url").orElse(before.detailsUrl()),
            request.text("external_id").orElse(before.externalId()),
            output == null ? before.output() : output(output),
            before.app(),
            before.suite(),
            before.startedAt(),
            state.equals("completed") ? hub.now() : null);
    checks.put(after);
    request.about(null, after.id());
    return Reply.done(status, shape(request, after));
  }

  private static Map<String, Object> output(JsonNode output) {
    return Json.object(
        "title", output.path("title").asText(null), "summary", output.path("summary").asText(null));
  }

  private Checks.Run find(Request request) {
    return checks.run(request.number("id")).orElseThrow(Refusal::notFound);
  }

  private Reply get(Request request) {
    return Reply.ok(shape(request, find(request)));
  }

  private Reply list(Request request) {
    String sha = hub.commit(request.path("ref")).sha();
    boolean all = request.query("filter").filter("all"::equals).isPresent();
    List<Checks.Run> found =
        (all ? checks.runs(sha) : checks.newestRuns(sha))
            .stream()
                .filter(run -> request.query("check_name").map(run.name()::equals).orElse(true))
                .filter(run -> request.query("status").map(run.status()::equals).orElse(true))
                .toList();
    Map<String, Object> body =
        Json.object(
            "total_count",
            found.size(),
            "check_runs",
            Pages.shaped(request, found, run -> shape(request, run)));
    return Pages.linked(request, found.size(), Reply.ok(body));
  }

  private Map<String, Object> shape(Request request, Checks.Run run) {
    return Json.object(
        "id",
        run.id(),
        "node_id",
        "CR_" + run.id(),
        "name",
        run.name(),
        "head_sha",
        run.sha(),
        "external_id",
        run.externalId(),
        "url",
        shapes.url(request, "/check-runs/" + run.id()),
        "html_url",
        shapes.page(request, "/runs/" + run.id()),
        "details_url",
        run.detailsUrl() == null ? shapes.page(request, "/runs/" + run.id()) : run.detailsUrl(),
        "status",
        run.status(),
        "conclusion",
        run.conclusion(),
        "started_at",
        Json.time(run.startedAt()),
        "completed_at",
        Json.time(run.completedAt()),
        "output",
        Json.object(
            "title",
            run.output().get("title"),
            "summary",
            run.output().get("summary"),
            "annotations_count",
            0),
        "check_suite",
        Json.object("id", run.suite()),
        "app",
        Json.object(
            "id",
            run.app().equals("github-actions") ? 15368 : 1,
            "slug",
            run.app(),
            "name",
            run.app().equals("github-actions") ? "GitHub Actions" : run.app(),
            "owner",
            shapes.user(request, "github")),
        "pull_requests",
        List.of());
  }
}
