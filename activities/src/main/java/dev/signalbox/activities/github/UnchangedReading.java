package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.Comparison;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.workflows.github.ReleaseQuery;
import dev.signalbox.workflows.github.ReleaseQuery.ServicePaths;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads which services a release leaves unchanged. Who runs the live revision is judged by the
 * comparison that was read already; who was left on an older commit costs one of its own. What is
 * not known for sure counts as changed.
 */
final class UnchangedReading {
  private final GitHubClient github;
  private final Repository repository;
  private final String revision;
  private final Map<String, Comparison> known = new HashMap<>();

  /**
   * @param live the revision that {@code release} begins with; null = nothing is live, and then
   *     nothing is unchanged
   */
  UnchangedReading(
      GitHubClient github,
      Repository repository,
      ReleaseQuery query,
      String live,
      Comparison release) {
    this.github = github;
    this.repository = repository;
    this.revision = query.revision();
    if (live != null) {
      known.put(live, release);
      known.put(query.base(), release);
    }
  }

  List<String> of(List<ServicePaths> services) {
    return known.isEmpty()
        ? List.of()
        : services.stream().filter(this::unchanged).map(ServicePaths::service).toList();
  }

  private boolean unchanged(ServicePaths service) {
    Comparison since = known.computeIfAbsent(service.running(), this::compare);
    return new PathPatterns(service.paths()).untouchedBy(since);
  }

  private Comparison compare(String running) {
    try {
      return github.compare(repository, running, revision);
    } catch (ApiException refused) {
      if (refused.kind() != ApiException.Kind.NOT_FOUND) {
        throw refused;
      }
      return null;
    }
  }
}
