package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.CheckRun;
import dev.signalbox.activities.github.GitHubAnswers.Status;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.Fingerprint;
import dev.signalbox.workflows.github.ChecksReport;
import dev.signalbox.workflows.github.ChecksReport.Check;
import dev.signalbox.workflows.github.ChecksReport.CheckSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads everything that was reported on one commit: check runs and commit statuses are two worlds
 * at GitHub, and a green one of either says nothing about the other.
 */
final class ChecksReading {
  private static final String OURS = "signalbox/";

  /** Railway's GitHub App; login of its bot {@code railway-app[bot]}. */
  private static final String RAILWAY_APP = "railway-app";

  /**
   * Railway's commit status, one for each service, is called {@code <project> - <service>} and
   * links to its console. It is success even where nothing was deployed ("No deployment needed -
   * watched paths not modified"), so it proves nothing.
   */
  private static final Pattern RAILWAY_CONSOLE =
      Pattern.compile("^https?://([a-z0-9-]+\\.)*railway\\.(com|app)(/|$)");

  private static final Comparator<List<String>> BY_NAME =
      Comparator.<List<String>, String>comparing(key -> key.get(0))
          .thenComparing(key -> key.get(1));

  private final GitHubClient github;
  private final Repository repository;

  ChecksReading(GitHubClient github, Repository repository) {
    this.github = github;
    this.repository = repository;
  }

  ChecksReport read(String sha) {
    List<CheckRun> runs = github.checkRuns(repository, sha);
    List<Status> statuses = github.statuses(repository, sha);
    List<Check> checks = new ArrayList<>(newest(runs));
    statuses.stream()
        .filter(status -> !status.context().startsWith(OURS) && !railways(status))
        .map(ChecksReading::check)
        .forEach(checks::add);
    List<Check> hints =
        statuses.stream().filter(ChecksReading::railways).map(ChecksReading::check).toList();
    return new ChecksReport(checks, hints, fingerprint(checks, hints));
  }

  /** Of the runs of one app the newest counts: the others were repeated. */
  private static Collection<Check> newest(List<CheckRun> runs) {
    Map<List<String>, Check> newest = new TreeMap<>(BY_NAME);
    runs.stream()
        .filter(run -> !RAILWAY_APP.equals(app(run)) && !run.name().startsWith(OURS))
        .sorted(Comparator.comparingLong(CheckRun::id))
        .forEach(run -> newest.put(List.of(run.name(), app(run)), check(run)));
    return newest.values();
  }

  private static String app(CheckRun run) {
    return run.app() == null || run.app().slug() == null ? "" : run.app().slug();
  }

  private static boolean railways(Status status) {
    boolean bot =
        status.creator() != null && (RAILWAY_APP + "[bot]").equals(status.creator().login());
    boolean console =
        status.context().contains(" - ")
            && status.targetUrl() != null
            && RAILWAY_CONSOLE.matcher(status.targetUrl()).find();
    return bot || console;
  }

  private static Check check(CheckRun run) {
    boolean completed = "completed".equals(run.status());
    return new Check(
        run.name(),
        CheckSource.CHECK_RUN,
        completed,
        completed && run.conclusion() != null ? run.conclusion().toLowerCase(Locale.ROOT) : null,
        run.htmlUrl(),
        completed ? run.completedAt() : null);
  }

  private static Check check(Status status) {
    boolean completed = !"pending".equals(status.state());
    return new Check(
        status.context(),
        CheckSource.COMMIT_STATUS,
        completed,
        completed ? status.state() : null,
        status.targetUrl(),
        completed ? status.updatedAt() : null);
  }

  private static String fingerprint(List<Check> checks, List<Check> hints) {
    Fingerprint fingerprint = new Fingerprint();
    Stream.concat(checks.stream(), hints.stream())
        .forEach(
            check ->
                fingerprint.add(
                    check.name(), check.source(), check.completed(), check.conclusion()));
    return fingerprint.hex();
  }
}
