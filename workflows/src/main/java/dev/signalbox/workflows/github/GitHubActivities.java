package dev.signalbox.workflows.github;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.workflows.github.Reviews.ReviewsQuery;
import dev.signalbox.workflows.github.Reviews.ReviewsReport;
import dev.signalbox.workflows.release.ReleaseSet;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import java.util.List;

/**
 * GitHub, as the workflows need it. All methods may be retried: reads are repeatable, mutations are
 * <em>guarded</em> (GitHub refuses the second one, and "already so" is success) or <em>marked</em>
 * (we recognise our own by a marker).
 *
 * <p>Failures: {@code Rejected} and {@code NotFound} are not retried; unavailable and rate-limited
 * are, with the server's own delay. Every record carries the project: a worker of another project
 * refuses without a call.
 */
@ActivityInterface(namePrefix = "GitHub")
public interface GitHubActivities {

  /** The full commit behind a branch (no {@code revision}) or behind a unique prefix. One call. */
  @ActivityMethod
  ResolvedRevision resolveRevision(RevisionQuery query);

  /**
   * @param revision 7 to 40 hex; null = the head of {@code branch}
   */
  record RevisionQuery(String project, String repository, String branch, String revision) {}

  /**
   * @param subject null where it was not read
   */
  record ResolvedRevision(String sha, String subject) {}

  /**
   * What a merge commit that adds nothing of its own stands for: its second parent, whose tree it
   * has; in a chain of environments the end of several. Any other commit is itself. A read.
   */
  @ActivityMethod
  ResolvedRevision promoted(PromotedQuery query);

  record PromotedQuery(String project, String repository, String commit) {}

  /** Whether {@code newer} descends from {@code older}; false for the same commit. A read. */
  @ActivityMethod
  boolean isAncestor(AncestryQuery query);

  /**
   * @param older 40 hex
   * @param newer 40 hex
   */
  record AncestryQuery(String project, String repository, String older, String newer) {}

  /**
   * What would ship: the target branch's head, the commits of the release and those that only the
   * target branch has.
   *
   * @see <a href="https://docs.github.com/rest/commits/commits#compare-two-commits">Compare two
   *     commits</a>
   */
  @ActivityMethod
  ReleaseFacts readRelease(ReleaseQuery query);

  /**
   * @param base the live revision to list commits from; null = compare with the target branch's
   *     head
   * @param recorded whether the ledger recorded {@code base}; otherwise a merge commit whose tree
   *     is its second parent's counts as that parent
   * @param standIns merge commits that stand for the revision in the source, oldest first
   * @param services those of which it is known what files they are made of, and what they run
   */
  record ReleaseQuery(
      String project,
      String repository,
      String revision,
      String base,
      boolean recorded,
      String targetBranch,
      List<String> standIns,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ServicePaths> services) {
    public ReleaseQuery {
      standIns = standIns == null ? List.of() : List.copyOf(standIns);
      services = services == null ? List.of() : List.copyOf(services);
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
      this(project, repository, revision, base, recorded, targetBranch, standIns, List.of());
    }
  }

  /**
   * @param running the commit that it runs
   * @param paths patterns of the files that it is made of
   */
  record ServicePaths(String service, String running, List<String> paths) {
    public ServicePaths {
      paths = paths == null ? List.of() : List.copyOf(paths);
    }
  }

  /**
   * @param commits from {@code base} (exclusive) to the revision, newest first
   * @param commitsInAll GitHub's own count; {@code commits} may be shorter
   * @param onlyOnTarget commits that the target branch has beyond the revision
   * @param merged what stands for the revision on the target branch already: its merge commit, or
   *     the revision itself where the branch ends with it; null = it has to be merged
   * @param head what is merged: the revision, or the commit that stands for it at the head of the
   *     source branch
   * @param base the revision that counts as live; null = nothing is
   * @param baseIsAncestor whether the live revision is an ancestor of the promoted one; true
   *     without a base
   * @param onTarget whether the revision itself is part of the target branch
   * @param unchanged services nothing under whose paths differs from what they run
   */
  record ReleaseFacts(
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
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> unchanged) {
    public ReleaseFacts {
      commits = commits == null ? List.of() : List.copyOf(commits);
      pulls = pulls == null ? List.of() : List.copyOf(pulls);
      onlyOnTarget = onlyOnTarget == null ? List.of() : List.copyOf(onlyOnTarget);
      unchanged = unchanged == null ? List.of() : List.copyOf(unchanged);
    }
  }

  /**
   * @param level a merge commit whose tree equals its second parent's: it adds nothing of its own
   */
  record TargetCommit(String sha, String subject, boolean level) {}

  /**
   * Every check run (latest of each name and app) and commit status on exactly this commit, all
   * pages. Contexts that start with {@code signalbox/} are left out, Railway's own are hints.
   */
  @ActivityMethod
  ChecksReport readChecks(ChecksQuery query);

  record ChecksQuery(String project, String repository, String revision) {}

  /**
   * @param checks one name may stand here more than once: reported by different apps, or as check
   *     run and as commit status
   * @param hints what Railway itself says of its deployments: success even where nothing was
   *     deployed, so nothing may be concluded from it
   * @param fingerprint changes when any name, state or conclusion does
   */
  record ChecksReport(List<Check> checks, List<Check> hints, String fingerprint) {
    public ChecksReport {
      checks = checks == null ? List.of() : List.copyOf(checks);
      hints = hints == null ? List.of() : List.copyOf(hints);
    }
  }

  /**
   * @param conclusion lower case as GitHub says it (success, failure, neutral, skipped, cancelled,
   *     timed_out, …); for a commit status its state; null while it has not ended
   * @param completedAt null while it runs
   */
  record Check(
      String name,
      CheckSource source,
      boolean completed,
      String conclusion,
      String url,
      Instant completedAt) {
    public Check {
      source = source == null ? CheckSource.CHECK_RUN : source;
    }
  }

  /** GitHub has two worlds of checks, and one says nothing about the other. */
  enum CheckSource {
    @JsonProperty("checkRun")
    CHECK_RUN("check run"),
    @JsonProperty("commitStatus")
    COMMIT_STATUS("commit status");

    private final String words;

    CheckSource(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /**
   * Who has approved what is in a release. One call for each pull request, and where every one is
   * wanted one for each commit.
   */
  @ActivityMethod
  ReviewsReport readReviews(ReviewsQuery query);

  /**
   * Sets a commit status. Guarded: the newest of a context counts, the same twice changes nothing.
   */
  @ActivityMethod
  void postStatus(CommitStatus status);

  record CommitStatus(
      String project,
      String repository,
      String sha,
      String context,
      StatusState state,
      String description) {}

  /** A commit status's or deployment status's state. */
  enum StatusState {
    @JsonProperty("pending")
    PENDING,
    @JsonProperty("in_progress")
    IN_PROGRESS,
    @JsonProperty("success")
    SUCCESS,
    @JsonProperty("failure")
    FAILURE,
    @JsonProperty("error")
    ERROR,
    @JsonProperty("inactive")
    INACTIVE
  }

  /**
   * Finds the open pull request for the pair and gives it this body, or opens it. Guarded: GitHub
   * allows one per pair, and the same body twice changes nothing.
   */
  @ActivityMethod
  PullRequest ensurePull(PullDraft draft);

  record PullDraft(
      String project, String repository, String head, String base, String title, String body) {}

  record PullRequest(int number, String url) {}

  /** The merged pull request that made this merge commit; null when it was made without one. */
  @ActivityMethod
  PullRequest findMergedPull(MergedPullQuery query);

  record MergedPullQuery(String project, String repository, String mergeCommit, String base) {}

  /** Replaces the body. Guarded: the same twice changes nothing. */
  @ActivityMethod
  void updatePull(PullBody body);

  record PullBody(String project, String repository, int number, String body) {}

  /**
   * Merges the pull request if its head is exactly {@code sha}, and reads the merge commit back; or
   * moves {@code branch} forward to {@code sha}. Guarded by {@code sha} and by GitHub's refusal of
   * what is no fast-forward; when already so, that is the answer. Once it may be merged nothing is
   * a refusal any more: what cannot be read back is an {@linkplain MergeProof#unclear() unclear}
   * answer, and {@link #readMerge} looks on.
   *
   * @throws io.temporal.failure.ApplicationFailure type {@code Rejected} when GitHub will not merge
   *     (head moved, conflict, required check): nothing was merged
   */
  @ActivityMethod
  MergeProof merge(MergeOrder order);

  /**
   * @param sha head of the pull request: the revision, or what stands for it in the source
   * @param branch the target branch, to be moved forward without a merge commit; null = the pull
   *     request is merged
   */
  record MergeOrder(
      String project,
      String repository,
      int number,
      String sha,
      String revision,
      String targetHead,
      String message,
      String branch) {}

  /**
   * Reads a merge back that {@link #merge} left unclear; changes nothing. Fails retryably while it
   * is not to be seen: {@code Unchanged} while pull request and branch are as before the merge,
   * {@code Unavailable} otherwise.
   */
  @ActivityMethod
  MergeProof readMerge(MergeOrder order);

  /**
   * The merge commit as it was read back: its parents in order, its tree, and the promoted commit's
   * tree. After a fast-forward it is the commit to which the branch was moved, without parents.
   *
   * @param unclear why it could not be read back, in words; null = it was. Then the rest is absent
   */
  record MergeProof(
      String mergeCommit, List<String> parents, String tree, String revisionTree, String unclear) {
    public MergeProof {
      parents = parents == null ? List.of() : List.copyOf(parents);
    }

    public static MergeProof unread(String why) {
      return new MergeProof(null, null, null, null, why);
    }
  }

  /** Makes a GitHub deployment. Marked by {@code marker} in its payload. */
  @ActivityMethod
  long createDeployment(DeploymentDraft draft);

  record DeploymentDraft(
      String project,
      String repository,
      String sha,
      String environment,
      String marker,
      String description) {}

  /**
   * Says how a run ended that cannot say it itself: commit status, GitHub deployment, and the pull
   * request's body and comments. Guarded (commit status, body) and marked (the deployment and the
   * comment are the run's own by its ids); what the run said itself is not said again. The branch
   * that it made goes as well, unless it was moved since or was perhaps never its own.
   */
  @ActivityMethod
  void tellEnd(EndOfRun end);

  /**
   * @param sourceBranch null = the environment has no source, so there is no pull request
   * @param live whether the run's release is live and verified all the same
   * @param ownStatus whether no newer run of the commit has its word in the commit status
   * @param branch that the run made; null = none
   */
  record EndOfRun(
      String project,
      String repository,
      String environment,
      String workflowId,
      String runId,
      String revision,
      String sourceBranch,
      String targetBranch,
      boolean live,
      boolean ownStatus,
      String detail,
      MadeBranch branch) {}

  /**
   * @param sha where it was made
   * @param certain whether GitHub's answer is on record; else it may be somebody's
   */
  record MadeBranch(String name, String sha, boolean certain) {}

  /** Adds a deployment status; a second equal one is not added. */
  @ActivityMethod
  void postDeploymentStatus(DeploymentStatus status);

  /**
   * @param environmentUrl the address people open; null = none
   * @param description at most 140 characters
   */
  record DeploymentStatus(
      String project,
      String repository,
      long deploymentId,
      StatusState state,
      String description,
      String environmentUrl) {}

  /**
   * Makes a lightweight tag. Guarded; the same tag on the same commit is success, on another one
   * {@code Rejected}.
   */
  @ActivityMethod
  void createTag(TagDraft draft);

  record TagDraft(String project, String repository, String name, String sha) {}

  /**
   * Makes a branch. Guarded; the same branch at the same commit is success, at another one {@code
   * Rejected}.
   */
  @ActivityMethod
  void createBranch(BranchDraft draft);

  /**
   * Removes a branch that we made. Guarded: gone already is success; one that was moved since is
   * somebody's, left alone and {@code Rejected}.
   */
  @ActivityMethod
  void deleteBranch(BranchDraft draft);

  /**
   * @param sha where we made it
   */
  record BranchDraft(String project, String repository, String name, String sha) {}

  /**
   * Says on the pull requests of a release what became of it: one comment on each, which later
   * deployments change. Marked by {@code marker}; what is no merged pull request is passed over.
   */
  @ActivityMethod
  void tellPulls(PullsNotice notice);

  /**
   * @param numbers as the commits name them
   * @param pushed a commit of {@code base} whose own pull request is told too; null = none
   */
  record PullsNotice(
      String project,
      String repository,
      List<Integer> numbers,
      String pushed,
      String base,
      String marker,
      String markdown) {
    public PullsNotice {
      numbers = numbers == null ? List.of() : List.copyOf(numbers);
    }
  }

  /**
   * The versions that stand in files of the repository, each at its commit. A file that is not
   * there, or in which nothing matches, is an answer and no failure. One call for each file and
   * commit, and none for those that were read before: commits do not change.
   *
   * @see <a href="https://docs.github.com/rest/repos/contents#get-repository-content">Get
   *     repository content</a>
   */
  @ActivityMethod
  FileVersions readVersions(VersionsQuery query);

  record VersionsQuery(String project, String repository, List<VersionPlace> places) {
    public VersionsQuery {
      places = places == null ? List.of() : List.copyOf(places);
    }
  }

  /**
   * @param pattern with one group, which captures the version
   * @param revision 40 hex
   */
  record VersionPlace(String service, String file, String pattern, String revision) {}

  record FileVersions(List<FileVersion> versions) {
    public FileVersions {
      versions = versions == null ? List.of() : List.copyOf(versions);
    }
  }

  /**
   * @param version null = there is none
   * @param problem why there is none, in words; null = there is one
   */
  record FileVersion(String service, String revision, String version, String problem) {}
}
