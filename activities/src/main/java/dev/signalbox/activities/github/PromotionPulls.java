package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.Pull;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.workflows.github.GitHubActivities.MergedPullQuery;
import dev.signalbox.workflows.github.GitHubActivities.PullDraft;
import dev.signalbox.workflows.github.GitHubActivities.PullRequest;

/** The pull request of a promotion, one for each pair of branches. */
final class PromotionPulls {
  /** GitHub's full text: "A pull request already exists for owner:branch." */
  private static final String PULL_EXISTS = "A pull request already exists";

  /** GitHub's full text: "No commits between base and head". */
  private static final String NO_COMMITS = "No commits between";

  private final GitHubClient github;
  private final Repository repository;

  PromotionPulls(GitHubClient github, Repository repository) {
    this.github = github;
    this.repository = repository;
  }

  /** Made, or the one that is open for the same two branches. */
  PullRequest ensure(PullDraft draft) {
    return pullRequest(made(draft));
  }

  /** The one whose merge this commit is; null = none. */
  PullRequest merged(MergedPullQuery query) {
    return github.pullsOf(repository, query.mergeCommit()).stream()
        .filter(pull -> pull.mergedAt() != null && query.base().equals(pull.base().ref()))
        .findFirst()
        .map(PromotionPulls::pullRequest)
        .orElse(null);
  }

  private Pull made(PullDraft draft) {
    try {
      return github.createPull(repository, draft.head(), draft.base(), draft.title(), draft.body());
    } catch (ApiException refusal) {
      if (refusal.refusedWith(422, NO_COMMITS)) {
        throw ApiException.rejected(
            "GitHub: nothing to pull: "
                + draft.base()
                + " already has every commit of "
                + draft.head()
                + " ("
                + refusal.getMessage()
                + ")");
      }
      if (!refusal.refusedWith(422, PULL_EXISTS)) {
        throw refusal;
      }
      Pull there =
          github.openPulls(repository, draft.head(), draft.base()).stream()
              .findFirst()
              .orElseThrow(() -> refusal);
      takeOver(there, draft);
      return there;
    }
  }

  // There is one for each pair: what it says is still about the promotion that had it before.
  private void takeOver(Pull there, PullDraft draft) {
    if (!draft.body().equals(there.body())) {
      github.updatePull(repository, there.number(), draft.body());
    }
  }

  private static PullRequest pullRequest(Pull pull) {
    return new PullRequest(pull.number(), pull.htmlUrl());
  }
}
