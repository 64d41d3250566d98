package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.Commit;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.Attempts;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.github.ChecksReport;
import dev.signalbox.workflows.github.EndOfRun;
import dev.signalbox.workflows.github.FileVersions;
import dev.signalbox.workflows.github.FileVersions.VersionsQuery;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.MergeProof;
import dev.signalbox.workflows.github.ReleaseFacts;
import dev.signalbox.workflows.github.ReleaseQuery;
import dev.signalbox.workflows.github.RevertOrder;
import dev.signalbox.workflows.github.RevertPull;
import dev.signalbox.workflows.github.Reviews.ReviewsQuery;
import dev.signalbox.workflows.github.Reviews.ReviewsReport;
import dev.signalbox.workflows.github.TriggerLook;
import dev.signalbox.workflows.github.TriggerQuery;
import io.temporal.activity.Activity;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * GitHub with care. Guarded steps take "already so" for success; marked ones look for their mark
 * from the second attempt on, because the engine dispatches the first one once.
 */
public final class GitHubActivitiesImpl implements GitHubActivities {
  /** GitHub's limit for the description of a commit status and of a deployment status. */
  private static final int LONGEST_DESCRIPTION = 140;

  private final GitHubClient github;
  private final VersionFileReading versions;
  private final Set<String> projects;

  /**
   * @param projects that this worker serves
   */
  public GitHubActivitiesImpl(GitHubClient github, Set<String> projects) {
    this.github = github;
    this.versions = new VersionFileReading(github);
    this.projects = Set.copyOf(projects);
  }

  @Override
  public FileVersions readVersions(VersionsQuery query) {
    return with(
        query.project(),
        query.repository(),
        repository ->
            new FileVersions(
                query.places().stream().map(place -> versions.read(repository, place)).toList()));
  }

  @Override
  public ResolvedRevision resolveRevision(RevisionQuery query) {
    return with(
        query.project(),
        query.repository(),
        repository -> {
          String wanted = query.revision();
          Commit commit =
              github.commit(
                  repository, wanted == null ? TriggerReading.reference(query.branch()) : wanted);
          // GitHub takes any name of a ref for a revision; only a commit's own is meant here.
          if (wanted != null && !commit.sha().startsWith(wanted.toLowerCase(Locale.ROOT))) {
            throw ApiException.notFound(
                "GitHub: no commit of "
                    + query.repository()
                    + " begins with "
                    + wanted
                    + "; name 7 to 40 hex of a commit that is pushed");
          }
          return new ResolvedRevision(commit.sha(), commit.subject());
        });
  }

  @Override
  public ResolvedRevision promoted(PromotedQuery query) {
    return with(
        query.project(),
        query.repository(),
        repository ->
            new ResolvedRevision(
                new ReleaseReading(github, repository).promoted(query.commit()), null));
  }

  @Override
  public TriggerLook readTrigger(TriggerQuery query) {
    return with(
        query.project(),
        query.repository(),
        repository -> new TriggerReading(github, repository, query).read());
  }

  @Override
  public boolean isAncestor(AncestryQuery query) {
    return with(
        query.project(),
        query.repository(),
        repository ->
            !query.older().equals(query.newer())
                && github.compare(repository, query.older(), query.newer()).containsBase());
  }

  @Override
  public ReleaseFacts readRelease(ReleaseQuery query) {
    return with(
        query.project(),
        query.repository(),
        repository -> new ReleaseReading(github, repository).read(query));
  }

  @Override
  public ReleaseFacts.Since readSince(AncestryQuery query) {
    return with(
        query.project(),
        query.repository(),
        repository -> new ReleaseReading(github, repository).since(query.older(), query.newer()));
  }

  @Override
  public String readAuditHead(AuditHeadQuery query) {
    return with(
        query.project(),
        query.repository(),
        repository -> new DeploymentMarks(github, repository).auditHead(query));
  }

  @Override
  public String readStray(BranchQuery query) {
    return with(
        query.project(),
        query.repository(),
        repository ->
            github.compare(repository, query.revision(), query.branch()).diverged()
                ? github.branchHead(repository, query.branch())
                : null);
  }

  @Override
  public ChecksReport readChecks(ChecksQuery query) {
    return with(
        query.project(),
        query.repository(),
        repository -> new ChecksReading(github, repository).read(query.revision()));
  }

  @Override
  public ReviewsReport readReviews(ReviewsQuery query) {
    return with(
        query.project(),
        query.repository(),
        repository -> new ReviewsReading(github, repository, query).read());
  }

  @Override
  public void postStatus(CommitStatus status) {
    run(
        status.project(),
        status.repository(),
        repository ->
            github.createStatus(
                repository,
                status.sha(),
                commitState(status.state()),
                status.context(),
                shortened(status.description())));
  }

  private static String commitState(StatusState state) {
    return switch (state) {
      case PENDING, IN_PROGRESS -> "pending";
      case SUCCESS -> "success";
      case FAILURE -> "failure";
      case ERROR -> "error";
      case INACTIVE ->
          throw ApiException.rejected(
              "a commit status has no state 'inactive'; it is a deployment status's");
    };
  }

  @Override
  public PullRequest ensurePull(PullDraft draft) {
    return with(
        draft.project(),
        draft.repository(),
        repository -> new PromotionPulls(github, repository).ensure(draft));
  }

  @Override
  public PullRequest findMergedPull(MergedPullQuery query) {
    return with(
        query.project(),
        query.repository(),
        repository -> new PromotionPulls(github, repository).merged(query));
  }

  @Override
  public void updatePull(PullBody body) {
    run(
        body.project(),
        body.repository(),
        repository -> github.updatePull(repository, body.number(), body.body()));
  }

  @Override
  public MergeProof merge(MergeOrder order) {
    return with(
        order.project(),
        order.repository(),
        repository ->
            order.branch() == null
                ? new Merging(github, repository, order).merge(again())
                : new FastForwarding(github, repository, order).move(again()));
  }

  @Override
  public MergeProof readMerge(MergeOrder order) {
    return with(
        order.project(),
        order.repository(),
        repository ->
            order.branch() == null
                ? new Merging(github, repository, order).readBack()
                : new FastForwarding(github, repository, order).readBack());
  }

  @Override
  public long createDeployment(DeploymentDraft draft) {
    return with(
        draft.project(),
        draft.repository(),
        repository -> new DeploymentMarks(github, repository).ensure(draft, again()));
  }

  @Override
  public void tellEnd(EndOfRun end) {
    run(
        end.project(),
        end.repository(),
        repository -> new LastWords(github, repository, end).say());
  }

  @Override
  public void postDeploymentStatus(DeploymentStatus status) {
    run(
        status.project(),
        status.repository(),
        repository -> new DeploymentMarks(github, repository).post(status));
  }

  @Override
  public void createTag(TagDraft draft) {
    run(
        draft.project(),
        draft.repository(),
        repository -> new References(github, repository).tag(draft));
  }

  @Override
  public void tellPulls(PullsNotice notice) {
    run(
        notice.project(),
        notice.repository(),
        repository -> new StickyComments(github, repository, notice).post());
  }

  @Override
  public void createBranch(BranchDraft draft) {
    run(
        draft.project(),
        draft.repository(),
        repository -> new References(github, repository).branch(draft));
  }

  @Override
  public void deleteBranch(BranchDraft draft) {
    run(
        draft.project(),
        draft.repository(),
        repository -> new References(github, repository).remove(draft));
  }

  @Override
  public RevertPull openRevert(RevertOrder order) {
    return with(
        order.project(),
        order.repository(),
        repository -> new Reverting(github, repository, order).open());
  }

  static String shortened(String description) {
    return Excerpt.of(description, LONGEST_DESCRIPTION);
  }

  private static boolean again() {
    return Attempts.maybeAgain(Activity.getExecutionContext().getInfo());
  }

  private <T> T with(String project, String repository, Function<Repository, T> step) {
    Failures.requireServed(project, projects);
    return Failures.mapped(() -> step.apply(Repository.of(repository)));
  }

  private void run(String project, String repository, Consumer<Repository> step) {
    Failures.requireServed(project, projects);
    Failures.mapped(() -> step.accept(Repository.of(repository)));
  }
}
