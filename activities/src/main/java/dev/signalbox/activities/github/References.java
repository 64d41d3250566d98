package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.workflows.github.GitHubActivities.BranchDraft;
import dev.signalbox.workflows.github.GitHubActivities.TagDraft;
import java.util.function.Supplier;

/** Tags and branches of ours: one that stands on another commit is somebody's, and is left. */
final class References {
  /** GitHub's full text: "Reference already exists". */
  private static final String REF_EXISTS = "Reference already exists";

  /** GitHub's full text: "Reference does not exist". */
  private static final String NO_REF = "Reference does not exist";

  private final GitHubClient github;
  private final Repository repository;

  References(GitHubClient github, Repository repository) {
    this.github = github;
    this.repository = repository;
  }

  void tag(TagDraft draft) {
    ensure(
        () -> github.git().createTag(repository, draft.name(), draft.sha()),
        () -> github.git().taggedCommit(repository, draft.name()),
        draft.sha(),
        "tag " + draft.name(),
        "it is not moved: choose another name in the environment's 'tag'");
  }

  void branch(BranchDraft draft) {
    ensure(
        () -> github.git().createBranch(repository, draft.name(), draft.sha()),
        () -> github.branchHead(repository, draft.name()),
        draft.sha(),
        "branch " + draft.name(),
        "it is somebody's and is not moved: remove it, or choose another 'head'");
  }

  /** Removes a branch that stands where it was left. */
  void remove(BranchDraft draft) {
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
      github.git().deleteBranch(repository, draft.name());
    } catch (ApiException gone) {
      if (!gone.is(Kind.NOT_FOUND) && !gone.refusedWith(422, NO_REF)) {
        throw gone;
      }
    }
  }

  /** Made, or there already on the same commit. */
  private static void ensure(
      Runnable create, Supplier<String> standing, String sha, String what, String next) {
    try {
      create.run();
    } catch (ApiException refusal) {
      if (!refusal.refusedWith(422, REF_EXISTS)) {
        throw refusal;
      }
      String there = standing.get();
      if (!there.equals(sha)) {
        throw ApiException.rejected(
            "GitHub: " + what + " stands on " + there + ", not on " + sha + "; " + next);
      }
    }
  }
}
