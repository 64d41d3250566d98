package dev.signalbox.workflows.github;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.workflows.github.FileVersions.VersionsQuery;
import dev.signalbox.workflows.github.Reviews.ReviewsQuery;
import dev.signalbox.workflows.github.Reviews.ReviewsReport;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
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
   * @param branch its name, or a whole reference such as {@code refs/tags/v1}
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

  /** What there is where a trigger points, and what of it its patterns ask about. A read. */
  @ActivityMethod
  TriggerLook readTrigger(TriggerQuery query);

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

  /** Whether a commit has an older one, and what was taken back between; one unknown is in none. */
  @ActivityMethod
  ReleaseFacts.Since readSince(AncestryQuery query);

  /**
   * The hash that the newest GitHub deployment of an environment's promotions keeps: of the entry
   * that was the newest of the ledger when that got the lease. Null where none of the newest keeps
   * one.
   *
   * @see <a href="https://docs.github.com/rest/deployments/deployments">Deployments</a>
   */
  @ActivityMethod
  String readAuditHead(AuditHeadQuery query);

  record AuditHeadQuery(String project, String repository, String environment) {}

  /**
   * The head of a branch that has gone another way than a commit, as after an amend or a push by
   * force: each of the two has what the other lacks. Null where it contains the commit, or where
   * the commit may still come to it.
   */
  @ActivityMethod
  String readStray(BranchQuery query);

  /**
   * @param revision 40 hex
   */
  record BranchQuery(String project, String repository, String branch, String revision) {}

  /**
   * Every check run (latest of each name and app) and commit status on exactly this commit, all
   * pages. Contexts that start with {@code signalbox/} are left out, Railway's own are hints.
   */
  @ActivityMethod
  ChecksReport readChecks(ChecksQuery query);

  record ChecksQuery(String project, String repository, String revision) {}

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

  /**
   * Opens the pull request that takes a release back, with git's own sentence in its commit. What
   * stands in the way of that for good (a conflict, a refusal) is an answer that says what a person
   * is to do. Marked by the run's ids, in the name of the branch and in the pull request: a second
   * call finds the first one's, also when somebody has closed it. Nothing is to be seen before all
   * of it is there.
   */
  @ActivityMethod
  RevertPull openRevert(RevertOrder order);
}
