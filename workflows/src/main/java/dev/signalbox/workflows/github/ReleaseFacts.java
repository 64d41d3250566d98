package dev.signalbox.workflows.github;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.release.ConfigurationDiff;
import dev.signalbox.workflows.release.ReleaseSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * What would ship, and how it stands to the target branch.
 *
 * @param commits from {@code base} (exclusive) to the revision, newest first
 * @param commitsInAll GitHub's own count; {@code commits} may be shorter
 * @param onlyOnTarget commits that the target branch has beyond the revision
 * @param merged what stands for the revision on the target branch already: its merge commit, or the
 *     revision itself where the branch ends with it; null = it has to be merged
 * @param head what is merged: the revision, or the commit that stands for it at the head of the
 *     source branch
 * @param base the revision that counts as live; null = nothing is
 * @param baseIsAncestor whether the live revision is an ancestor of the promoted one; true without
 *     a base
 * @param onTarget whether the revision itself is part of the target branch
 * @param unchanged services nothing under whose paths differs from what they run
 * @param contributors who has a part in it, each part of each person once; empty where nothing by
 *     policy depends on it
 * @param pushersUnread why it is not known who pushed it; null = it is, or nothing depends on it
 * @param newer foreign commits that follow the revision; one that GitHub does not know is none
 * @param further commits of the release that {@code commits} has no room for
 * @param reverts commits of the release that say that they take another one back
 * @param configuration what the commits change in files of configuration; null = GitHub does not
 *     say
 * @param ahead what the source branch has beyond the release; null = nothing, or nobody asked
 */
public record ReleaseFacts(
    String base,
    String targetHead,
    List<ReleaseSet.Commit> commits,
    List<ReleaseSet.PullReference> pulls,
    int commitsInAll,
    List<TargetCommit> onlyOnTarget,
    String merged,
    String head,
    boolean baseIsAncestor,
    boolean onTarget,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> unchanged,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> newer,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Contributor> contributors,
    String pushersUnread,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> further,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Revert> reverts,
    @JsonInclude(JsonInclude.Include.NON_NULL) ConfigurationDiff configuration,
    @JsonInclude(JsonInclude.Include.NON_NULL) Ahead ahead) {
  public ReleaseFacts {
    commits = commits == null ? List.of() : List.copyOf(commits);
    pulls = pulls == null ? List.of() : List.copyOf(pulls);
    onlyOnTarget = onlyOnTarget == null ? List.of() : List.copyOf(onlyOnTarget);
    unchanged = unchanged == null ? List.of() : List.copyOf(unchanged);
    newer = newer == null ? List.of() : List.copyOf(newer);
    contributors = contributors == null ? List.of() : List.copyOf(contributors);
    further = further == null ? List.of() : List.copyOf(further);
    reverts = reverts == null ? List.of() : List.copyOf(reverts);
  }

  /** One of which nobody was asked who has a part in it, and that takes nothing back. */
  public ReleaseFacts(
      String base,
      String targetHead,
      List<ReleaseSet.Commit> commits,
      List<ReleaseSet.PullReference> pulls,
      int commitsInAll,
      List<TargetCommit> onlyOnTarget,
      String merged,
      String head,
      boolean baseIsAncestor,
      boolean onTarget,
      List<String> unchanged,
      List<String> newer) {
    this(
        base,
        targetHead,
        commits,
        pulls,
        commitsInAll,
        onlyOnTarget,
        merged,
        head,
        baseIsAncestor,
        onTarget,
        unchanged,
        newer,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** Every commit of the release. */
  public List<String> everyCommit() {
    return Stream.concat(commits.stream().map(ReleaseSet.Commit::sha), further.stream()).toList();
  }

  /**
   * A commit that says in its message, as {@code git revert} writes it, what it takes back.
   *
   * @param reverted 7 to 40 hex
   */
  public record Revert(String commit, String reverted) {}

  /**
   * What a branch has beyond a release.
   *
   * @param newest of its commits, the newest first
   */
  public record Ahead(int commits, List<ReleaseSet.Commit> newest) {
    public Ahead {
      newest = newest == null ? List.of() : List.copyOf(newest);
    }
  }

  /**
   * What lies between a commit and a later one.
   *
   * @param contained whether the later one has it
   */
  public record Since(boolean contained, List<Revert> reverts) {
    public Since {
      reverts = reverts == null ? List.of() : List.copyOf(reverts);
    }
  }

  /**
   * @param level a merge commit whose tree equals its second parent's: it adds nothing of its own
   */
  public record TargetCommit(String sha, String subject, boolean level) {}
}
