package dev.signalbox.workflows.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.migration.SchemaChange;
import java.util.List;

/**
 * One commit for every service of the project, with everything that an approval covers.
 *
 * @param revision the promoted commit, 40 hex
 * @param base the revision that is live now, or was before it became mixed; null = first release
 * @param mixed whether what runs now is no set that anybody verified
 * @param targetHead head of the target branch when this was read
 * @param merged what stands for the revision on the target branch already; null = it has to be
 *     merged
 * @param head what is merged: the revision, or the merge commit that stands for it at the head of
 *     the source branch
 * @param digest SHA-256 over the canonical form, 64 hex
 * @param alias the digest as two words, for people
 * @param commits newest first, at most 250 (GitHub's compare)
 * @param unchanged services nothing under whose paths differs from what they run
 * @param skipped services that are left as they are: unchanged, or others than {@code service}
 * @param service the one that is deployed alone; null = all are
 * @param schema what it changes about the database's schema; null = nothing
 */
public record ReleaseSet(
    String revision,
    String base,
    boolean mixed,
    String targetHead,
    String merged,
    String head,
    String digest,
    String alias,
    List<String> services,
    List<Commit> commits,
    List<PullReference> pulls,
    int commitsInAll,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> unchanged,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> skipped,
    String service,
    @JsonInclude(JsonInclude.Include.NON_NULL) SchemaChange schema) {

  public ReleaseSet {
    services = services == null ? List.of() : List.copyOf(services);
    commits = commits == null ? List.of() : List.copyOf(commits);
    pulls = pulls == null ? List.of() : List.copyOf(pulls);
    unchanged = unchanged == null ? List.of() : List.copyOf(unchanged);
    skipped = skipped == null ? List.of() : List.copyOf(skipped);
  }

  /** One that changes nothing about the schema. */
  public ReleaseSet(
      String revision,
      String base,
      boolean mixed,
      String targetHead,
      String merged,
      String head,
      String digest,
      String alias,
      List<String> services,
      List<Commit> commits,
      List<PullReference> pulls,
      int commitsInAll,
      List<String> unchanged,
      List<String> skipped,
      String service) {
    this(
        revision,
        base,
        mixed,
        targetHead,
        merged,
        head,
        digest,
        alias,
        services,
        commits,
        pulls,
        commitsInAll,
        unchanged,
        skipped,
        service,
        null);
  }

  /**
   * What of the schema a person must say yes to, whatever the environment asks for; one line each.
   */
  public List<String> schemaToBeApproved() {
    return schema == null ? List.of() : schema.toBeApproved();
  }

  public boolean first() {
    return base == null;
  }

  /** Whether an earlier run, or somebody else, has merged it: then there is nothing to merge. */
  public boolean alreadyMerged() {
    return merged != null;
  }

  /** The merge commit that was there before; null = none, or the branch ends with the revision. */
  public String formerMerge() {
    return revision.equals(merged) ? null : merged;
  }

  public String shortRevision() {
    return ShortCommit.of(revision);
  }

  public String shortDigest() {
    return Digest.brief(digest);
  }

  /**
   * @param subject first line of the message
   * @param author GitHub login, else the name that git has
   */
  public record Commit(String sha, String subject, String author, List<String> parents) {
    public Commit {
      parents = parents == null ? List.of() : List.copyOf(parents);
    }
  }

  /** A pull request that is part of the release, as the merge commit's message names it. */
  public record PullReference(int number, String title) {}
}
