package dev.signalbox.workflows.github;

import java.util.List;

/** The versions that stand in files of the repository, each at its commit. */
public record FileVersions(List<FileVersion> versions) {
  public FileVersions {
    versions = versions == null ? List.of() : List.copyOf(versions);
  }

  /**
   * @param version null = there is none
   * @param problem why there is none, in words; null = there is one
   */
  public record FileVersion(String service, String revision, String version, String problem) {}

  public record VersionsQuery(String project, String repository, List<VersionPlace> places) {
    public VersionsQuery {
      places = places == null ? List.of() : List.copyOf(places);
    }
  }

  /**
   * @param pattern with one group, which captures the version
   * @param revision 40 hex
   */
  public record VersionPlace(String service, String file, String pattern, String revision) {}
}
