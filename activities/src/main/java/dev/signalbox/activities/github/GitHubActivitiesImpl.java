package dev.signalbox.activities.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.github.GitHubAnswers.Commit;
import dev.signalbox.activities.github.GitHubAnswers.Pull;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
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
import dev.signalbox.workflows.github.Reviews.ReviewsQuery;
import dev.signalbox.workflows.github.Reviews.ReviewsReport;
import io.temporal.activity.Activity;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * GitHub with care. Guarded steps take "already so" for success; marked ones look for their mark
 * from the second attempt on, because the engine dispatches the first one once.
 */
public final class GitHubActivitiesImpl implements GitHubActivities {
  /** GitHub's full text: "A pull request already exists for owner:branch." */
  private static final String PULL_EXISTS = "A pull request already exists";

  /** GitHub's full text: "No commits between base and head". */
  private static final String NO_COMMITS = "No commits between";

  /** GitHub's full text: "Reference already exists". */
  private static final String REF_EXISTS = "Reference already exists";

  /** GitHub's full text: "Reference does not exist". */
  private static final String NO_REF = "Reference does not exist";

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
              github.commit(repository, wanted == null ? "heads/" + query.branch() : wanted);
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
        draft.project(), draft.repository(), repository -> pullRequest(pull(repository, draft)));
  }

  private Pull pull(Repository repository, PullDraft draft) {
    try {
      return github.createPull(repository, draft.head(), draft.base(), draft.title(), draft.body());
    } catch (ApiException refusal) {
      if (refused(refusal, NO_COMMITS)) {
        throw ApiException.rejected(
            "GitHub: nothing to pull: "
                + draft.base()
                + " already has every commit of "
                + draft.head()
                + " ("
                + refusal.getMessage()
                + ")");
      }
      if (!refused(refusal, PULL_EXISTS)) {
        throw refusal;
      }
      Pull there =
          github.openPulls(repository, draft.head(), draft.base()).stream()
              .findFirst()
              .orElseThrow(() -> refusal);
      takeOver(repository, there, draft);
      return there;
    }
  }

  // There is one for each pair: what it says is still about the promotion that had it before.
  private void takeOver(Repository repository, Pull there, PullDraft draft) {
    if (!draft.body().equals(there.body())) {
      github.updatePull(repository, there.number(), draft.body());
    }
  }

  private static PullRequest pullRequest(Pull pull) {
    return new PullRequest(pull.number(), pull.htmlUrl());
  }

  @Override
  public PullRequest findMergedPull(MergedPullQuery query) {
    return with(
        query.project(),
        query.repository(),
        repository ->
            github.pullsOf(repository, query.mergeCommit()).stream()
                .filter(pull -> pull.mergedAt() != null && query.base().equals(pull.base().ref()))
                .findFirst()
                .map(GitHubActivitiesImpl::pullRequest)
                .orElse(null));
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
    return with(draft.project(), draft.repository(), repository -> deployment(repository, draft));
  }

  private long deployment(Repository repository, DeploymentDraft draft) {
    if (again()) {
      for (GitHubAnswers.Deployment made :
          github.deployments(repository, draft.sha(), draft.environment())) {
        if (made.payload() != null && marked(made.payload(), draft.marker())) {
          return made.id();
        }
      }
    }
    return github.createDeployment(
        repository,
        draft.sha(),
        draft.environment(),
        shortened(draft.description()),
        draft.marker());
  }

  static boolean marked(JsonNode payload, String marker) {
    return payload.isTextual()
        ? payload.asText().contains("\"" + marker + "\"")
        : marker.equals(payload.path("signalbox").asText(null));
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
    run(status.project(), status.repository(), repository -> deploymentStatus(repository, status));
  }

  private void deploymentStatus(Repository repository, DeploymentStatus status) {
    String state = status.state().name().toLowerCase(Locale.ROOT);
    String description = shortened(status.description());
    boolean there =
        again()
            && github.deploymentStatuses(repository, status.deploymentId()).stream()
                .anyMatch(
                    old ->
                        state.equals(old.state())
                            && Objects.toString(description, "")
                                .equals(Objects.toString(old.description(), "")));
    if (!there) {
      github.createDeploymentStatus(
          repository, status.deploymentId(), state, description, status.environmentUrl());
    }
  }

  @Override
  public void createTag(TagDraft draft) {
    run(draft.project(), draft.repository(), repository -> tag(repository, draft));
  }

  private void tag(Repository repository, TagDraft draft) {
    try {
      github.createTag(repository, draft.name(), draft.sha());
    } catch (ApiException refusal) {
      if (!refused(refusal, REF_EXISTS)) {
        throw refusal;
      }
      String there = github.taggedCommit(repository, draft.name());
      if (!there.equals(draft.sha())) {
        throw ApiException.rejected(
            "GitHub: tag "
                + draft.name()
                + " stands on "
                + there
                + ", not on "
                + draft.sha()
                + "; it is not moved: choose another name in the environment's 'tag'");
      }
    }
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
    run(draft.project(), draft.repository(), repository -> branch(repository, draft));
  }

  private void branch(Repository repository, BranchDraft draft) {
    try {
      github.createBranch(repository, draft.name(), draft.sha());
    } catch (ApiException refusal) {
      if (!refused(refusal, REF_EXISTS)) {
        throw refusal;
      }
      String there = github.branchHead(repository, draft.name());
      if (!there.equals(draft.sha())) {
        throw ApiException.rejected(
            "GitHub: branch "
                + draft.name()
                + " stands on "
                + there
                + ", not on "
                + draft.sha()
                + "; it is somebody's and is not moved: remove it, or choose another 'head'");
      }
    }
  }

  @Override
  public void deleteBranch(BranchDraft draft) {
    run(draft.project(), draft.repository(), repository -> removal(repository, draft));
  }

  private void removal(Repository repository, BranchDraft draft) {
    try {
      String there = github.branchHead(repository, draft.name());
      if (!there.equals(draft.sha())) {
        throw ApiException.rejected(
            "GitHub: branch "
                + draft.name()
                + " was moved to "
                + there
                + " and is left; remove it when nobody needs it");
      }
      github.deleteBranch(repository, draft.name());
    } catch (ApiException gone) {
      if (!gone.is(Kind.NOT_FOUND) && !refused(gone, NO_REF)) {
        throw gone;
      }
    }
  }

  private static boolean refused(ApiException refusal, String text) {
    return refusal.is(Kind.REJECTED)
        && refusal.status() == 422
        && refusal.getMessage().contains(text);
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
