package dev.signalbox.activities.gate;

import dev.signalbox.workflows.gate.FactsActivities.FactsQuery;
import dev.signalbox.workflows.github.FileVersions.FileVersion;
import dev.signalbox.workflows.github.FileVersions.VersionPlace;
import dev.signalbox.workflows.github.FileVersions.VersionsQuery;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.policy.ServicePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The versions in the repository's files, where the policy takes them from there. */
final class VersionReading {
  private VersionReading() {}

  /**
   * At the promoted commit and at the one that runs. No call where no service has such a file.
   *
   * @param base the revision that runs; null = nothing does, or nobody knows
   */
  static List<FileVersion> read(GitHubActivities github, FactsQuery query, String base) {
    List<VersionPlace> places = new ArrayList<>();
    for (ServicePolicy service : query.pipeline().services()) {
      if (service.versionFrom() != null) {
        places.add(place(service, query.revision()));
        if (base != null && !base.equals(query.revision())) {
          places.add(place(service, base));
        }
      }
    }
    return places.isEmpty()
        ? List.of()
        : github
            .readVersions(
                new VersionsQuery(query.project(), query.pipeline().project().github(), places))
            .versions();
  }

  private static VersionPlace place(ServicePolicy service, String revision) {
    return new VersionPlace(
        service.name(), service.versionFrom().file(), service.versionFrom().pattern(), revision);
  }

  /** What a service must show; null = a commit, blank = nobody knows. */
  static String text(ServicePolicy service, String revision, List<FileVersion> versions) {
    return service.versionFrom() == null
        ? null
        : versions.stream()
            .filter(one -> one.service().equals(service.name()) && one.revision().equals(revision))
            .map(FileVersion::version)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("");
  }
}
