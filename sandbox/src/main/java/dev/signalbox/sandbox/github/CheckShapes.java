package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.Commit;
import dev.signalbox.sandbox.git.GitRepository;
import java.util.List;
import java.util.Map;

/** Check runs, suites and statuses as answers and webhooks show them. */
final class CheckShapes {

  private final GitRepository repository;
  private final Shapes shapes;

  CheckShapes(GitRepository repository, Shapes shapes) {
    this.repository = repository;
    this.shapes = shapes;
  }

  Map<String, Object> run(Place place, Checks.Run run) {
    String url = shapes.url(place, "/check-runs/" + run.id());
    String page = shapes.page(place, "/runs/" + run.id());
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
        run.externalId() == null ? "" : run.externalId(),
        "url",
        url,
        "html_url",
        page,
        "details_url",
        run.detailsUrl() == null ? page : run.detailsUrl(),
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
            "text",
            run.output().get("text"),
            "annotations_count",
            0,
            "annotations_url",
            url + "/annotations"),
        "check_suite",
        Json.object("id", run.suite()),
        "app",
        app(place, run.app()),
        "pull_requests",
        List.of());
  }

  Map<String, Object> suite(Place place, Checks.Suite suite) {
    String url = shapes.url(place, "/check-suites/" + suite.id());
    return Json.object(
        "id",
        suite.id(),
        "node_id",
        "CS_" + suite.id(),
        "head_branch",
        branches(suite.sha()).stream().findFirst().orElse(null),
        "head_sha",
        suite.sha(),
        "status",
        suite.status(),
        "conclusion",
        suite.conclusion(),
        "url",
        url,
        "before",
        repository.commitAt(suite.sha()).parents().stream().findFirst().orElse(null),
        "after",
        suite.sha(),
        "pull_requests",
        List.of(),
        "app",
        app(place, suite.app()),
        "repository",
        shapes.repository(place),
        "created_at",
        Json.time(suite.at()),
        "updated_at",
        Json.time(suite.at()),
        "latest_check_runs_count",
        suite.runs(),
        "check_runs_url",
        url + "/check-runs",
        "head_commit",
        headCommit(repository.commitAt(suite.sha())));
  }

  private static Map<String, Object> headCommit(Commit commit) {
    return Json.object(
        "id",
        commit.sha(),
        "tree_id",
        commit.tree(),
        "message",
        commit.message().stripTrailing(),
        "timestamp",
        Json.time(commit.committer().at()),
        "author",
        Json.object("name", commit.author().name(), "email", commit.author().email()),
        "committer",
        Json.object("name", commit.committer().name(), "email", commit.committer().email()));
  }

  static String appId(Checks.Run run) {
    return Integer.toString(appId(run.app()));
  }

  private static int appId(String app) {
    return app.equals("github-actions") ? 15368 : 1;
  }

  private Map<String, Object> app(Place place, String app) {
    return Json.object(
        "id",
        appId(app),
        "slug",
        app,
        "node_id",
        "A_" + appId(app),
        "owner",
        shapes.user(place, app.equals("github-actions") ? "github" : repository.owner()),
        "name",
        app.equals("github-actions") ? "GitHub Actions" : app,
        "description",
        "",
        "external_url",
        "",
        "html_url",
        place.site() + "/apps/" + app,
        "permissions",
        Map.of("checks", "write"),
        "events",
        List.of());
  }

  Map<String, Object> status(Place place, Checks.Status status) {
    return Json.object(
        "url",
        shapes.url(place, "/statuses/" + status.sha()),
        "avatar_url",
        "",
        "id",
        status.id(),
        "node_id",
        "SC_" + status.id(),
        "state",
        status.state(),
        "description",
        status.description(),
        "target_url",
        status.targetUrl(),
        "context",
        status.context(),
        "created_at",
        Json.time(status.at()),
        "updated_at",
        Json.time(status.at()),
        "creator",
        shapes.user(place, status.login()));
  }

  /** The event has the status's fields at its top, and the commit beside them. */
  Map<String, Object> statusEvent(Place place, Checks.Status status) {
    Map<String, Object> event = status(place, status);
    event.keySet().removeAll(List.of("url", "creator", "node_id"));
    event.put("sha", status.sha());
    event.put("name", repository.name());
    event.put("commit", shapes.commit(place, repository.commitAt(status.sha())));
    event.put(
        "branches",
        branches(status.sha()).stream()
            .map(
                branch ->
                    Json.object(
                        "name",
                        branch,
                        "commit",
                        Json.object(
                            "sha",
                            status.sha(),
                            "url",
                            shapes.url(place, "/commits/" + status.sha())),
                        "protected",
                        false))
            .toList());
    return event;
  }

  private List<String> branches(String sha) {
    return repository.tips().entrySet().stream()
        .filter(tip -> tip.getValue().equals(sha))
        .map(Map.Entry::getKey)
        .toList();
  }
}
