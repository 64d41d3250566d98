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
  private final CheckShapes shapes;
  private final Checks checks;

  CheckRoutes(Hub hub, CheckShapes shapes, Checks checks) {
    this.hub = hub;
    this.shapes = shapes;
    this.checks = checks;
  }

  void addTo(RouteTable table) {
    table.inRepository("POST", "/check-runs", this::create);
    table.inRepository("PATCH", "/check-runs/{id}", this::update);
    table.inRepository("GET", "/check-runs/{id}", this::get);
    table.inRepository("POST", "/check-runs/{id}/rerequest", this::rerequest);
    table.inRepository("GET", "/commits/{ref*}/check-runs", this::list);
    table.inRepository("GET", "/commits/{ref*}/check-suites", this::suites);
    table.inRepository("POST", "/check-suites", this::createSuite);
    table.inRepository("GET", "/check-suites/{id}", this::suite);
    table.inRepository("GET", "/check-suites/{id}/check-runs", this::runsOfSuite);
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
    return Reply.done(status, shapes.run(request, after));
  }

  private static Map<String, Object> output(JsonNode output) {
    return Json.object(
        "title", output.path("title").asText(null), "summary", output.path("summary").asText(null));
  }

  private Checks.Run find(Request request) {
    return checks.run(request.number("id")).orElseThrow(Refusal::notFound);
  }

  private Reply get(Request request) {
    return Reply.ok(shapes.run(request, find(request)));
  }

  /** At GitHub it tells the app; here it begins the run anew. */
  private Reply rerequest(Request request) {
    Checks.Run run = find(request);
    checks.put(run.begun("queued", null));
    request.about(null, run.id());
    return Reply.done(201, Map.of());
  }

  private Reply list(Request request) {
    String sha = hub.commit(request.path("ref")).sha();
    return runs(request, all(request) ? checks.runs(sha) : checks.newestRuns(sha));
  }

  private static boolean all(Request request) {
    return request.query("filter").filter("all"::equals).isPresent();
  }

  private Reply runs(Request request, List<Checks.Run> runs) {
    List<Checks.Run> found =
        runs.stream()
            .filter(run -> request.query("check_name").map(run.name()::equals).orElse(true))
            .filter(run -> request.query("status").map(run.status()::equals).orElse(true))
            .filter(run -> request.query("app_id").map(CheckShapes.appId(run)::equals).orElse(true))
            .toList();
    Map<String, Object> body =
        Json.object(
            "total_count",
            found.size(),
            "check_runs",
            Pages.shaped(request, found, run -> shapes.run(request, run)));
    return Pages.linked(request, found.size(), Reply.ok(body));
  }

  private Reply suites(Request request) {
    List<Checks.Suite> found = checks.suites(hub.commit(request.path("ref")).sha());
    Map<String, Object> body =
        Json.object(
            "total_count",
            found.size(),
            "check_suites",
            Pages.shaped(request, found, suite -> shapes.suite(request, suite)));
    return Pages.linked(request, found.size(), Reply.ok(body));
  }

  private Reply createSuite(Request request) {
    String sha = hub.commit(request.required("CheckSuite", "head_sha")).sha();
    boolean present = checks.suites(sha).stream().anyMatch(suite -> suite.app().equals(APP));
    long id = checks.suite(sha, APP);
    request.about(null, id);
    Object shape = shapes.suite(request, checks.suite(id).orElseThrow(Refusal::notFound));
    return present ? Reply.ok(shape) : Reply.done(201, shape);
  }

  private Checks.Suite findSuite(Request request) {
    return checks.suite(request.number("id")).orElseThrow(Refusal::notFound);
  }

  private Reply suite(Request request) {
    return Reply.ok(shapes.suite(request, findSuite(request)));
  }

  private Reply runsOfSuite(Request request) {
    Checks.Suite suite = findSuite(request);
    List<Checks.Run> runs =
        all(request) ? checks.runs(suite.sha()) : checks.newestRuns(suite.sha());
    return runs(request, runs.stream().filter(run -> run.suite() == suite.id()).toList());
  }
}
