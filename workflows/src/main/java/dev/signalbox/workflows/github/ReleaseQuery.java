package dev.signalbox.workflows.github;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Which release to compare with which branch.
 *
 * @param base the live revision to list commits from; null = compare with the target branch's head
 * @param recorded whether the ledger recorded {@code base}; otherwise a merge commit whose tree is
 *     its second parent's counts as that parent
 * @param standIns merge commits that stand for the revision in the source, oldest first
 * @param services those of which it is known what files they are made of, and what they run
 * @param foreign commits that somebody else deployed beside {@code base}
 * @param aheadOn the source branch, of which it is asked what it has beyond the revision; null = of
 *     none
 */
public record ReleaseQuery(
    String project,
    String repository,
    String revision,
    String base,
    boolean recorded,
    String targetBranch,
    List<String> standIns,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ServicePaths> services,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> foreign,
    String contributorsTo,
    @JsonInclude(JsonInclude.Include.NON_NULL) String aheadOn) {
  public ReleaseQuery {
    standIns = standIns == null ? List.of() : List.copyOf(standIns);
    services = services == null ? List.of() : List.copyOf(services);
    foreign = foreign == null ? List.of() : List.copyOf(foreign);
  }

  /** One that does not ask how far the source branch has gone on. */
  public ReleaseQuery(
      String project,
      String repository,
      String revision,
      String base,
      boolean recorded,
      String targetBranch,
      List<String> standIns,
      List<ServicePaths> services,
      List<String> foreign,
      String contributorsTo) {
    this(
        project,
        repository,
        revision,
        base,
        recorded,
        targetBranch,
        standIns,
        services,
        foreign,
        contributorsTo,
        null);
  }

  /** The same, asked too what this branch has beyond the release. */
  public ReleaseQuery aheadOn(String sourceBranch) {
    return new ReleaseQuery(
        project,
        repository,
        revision,
        base,
        recorded,
        targetBranch,
        standIns,
        services,
        foreign,
        contributorsTo,
        sourceBranch);
  }

  /** One that does not ask who has a part in it. */
  public ReleaseQuery(
      String project,
      String repository,
      String revision,
      String base,
      boolean recorded,
      String targetBranch,
      List<String> standIns,
      List<ServicePaths> services,
      List<String> foreign) {
    this(
        project,
        repository,
        revision,
        base,
        recorded,
        targetBranch,
        standIns,
        services,
        foreign,
        null);
  }

  /** One that asks of no service whether it changed. */
  public ReleaseQuery(
      String project,
      String repository,
      String revision,
      String base,
      boolean recorded,
      String targetBranch,
      List<String> standIns) {
    this(project, repository, revision, base, recorded, targetBranch, standIns, null, null);
  }

  /**
   * @param running the commit that it runs
   * @param paths patterns of the files that it is made of
   */
  public record ServicePaths(String service, String running, List<String> paths) {
    public ServicePaths {
      paths = paths == null ? List.of() : List.copyOf(paths);
    }
  }
}
