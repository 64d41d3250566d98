package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.CheckRun;
import dev.signalbox.activities.github.GitHubAnswers.Status;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.Fingerprint;
import dev.signalbox.workflows.github.GitHubActivities.Check;
import dev.signalbox.workflows.github.GitHubActivities.ChecksReport;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

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

  private final GitHubClient github;
  private final Repository repository;

  ChecksReading(GitHubClient github, Repository repository) {
    this.github = github;
    this.repository = repository;
  }

  ChecksReport read(String sha) {
    Map<String, Check> byName = new TreeMap<>();
    github.checkRuns(repository, sha).stream()
        .filter(run -> run.app() == null || !RAILWAY_APP.equals(run.app().slug()))
        .filter(run -> !run.name().startsWith(OURS))
        .sorted(Comparator.comparingLong(CheckRun::id))
        .forEach(run -> byName.put(run.name(), check(run)));
    github.statuses(repository, sha).stream()
        .filter(status -> !status.context().startsWith(OURS) && !railways(status))
        .forEach(status -> byName.merge(status.context(), check(status), ChecksReading::lessGreen));
    List<Check> checks = List.copyOf(byName.values());
    return new ChecksReport(checks, fingerprint(checks));
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

  /** A check run and a status of one name: which is meant is unknown, and unknown is no. */
  private static Check lessGreen(Check run, Check status) {
    if (run.completed() != status.completed()) {
      return run.completed() ? status : run;
    }
    return "success".equals(run.conclusion()) ? status : run;
  }

  private static Check check(CheckRun run) {
    boolean completed = "completed".equals(run.status());
    return new Check(
        run.name(),
        completed,
        completed && run.conclusion() != null ? run.conclusion().toLowerCase(Locale.ROOT) : null,
        run.htmlUrl(),
        completed ? run.completedAt() : null);
  }

  private static Check check(Status status) {
    boolean completed = !"pending".equals(status.state());
    return new Check(
        status.context(),
        completed,
        completed ? status.state() : null,
        status.targetUrl(),
        completed ? status.updatedAt() : null);
  }

  private static String fingerprint(List<Check> checks) {
    Fingerprint fingerprint = new Fingerprint();
    checks.forEach(check -> fingerprint.add(check.name(), check.completed(), check.conclusion()));
    return fingerprint.hex();
  }
}
