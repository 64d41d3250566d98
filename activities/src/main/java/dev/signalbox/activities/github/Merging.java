package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.Commit;
import dev.signalbox.activities.github.GitHubAnswers.GitCommit;
import dev.signalbox.activities.github.GitHubAnswers.Pull;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.workflows.github.GitHubActivities.MergeOrder;
import dev.signalbox.workflows.github.MergeProof;
import java.util.List;
import java.util.Optional;

/**
 * Merges once, and proves what was merged. GitHub refuses the second merge, and one whose head has
 * moved; after a lost answer the merge commit is found on the base branch. GitHub's reads may lag
 * its writes: from the moment at which it may be merged, not to be seen is not "no".
 */
final class Merging {
  private final GitHubClient github;
  private final Repository repository;
  private final MergeOrder order;

  Merging(GitHubClient github, Repository repository, MergeOrder order) {
    this.github = github;
    this.repository = repository;
    this.order = order;
  }

  /**
   * @param again whether an earlier attempt may have merged already
   */
  MergeProof merge(boolean again) {
    try {
      return prove(github.merge(repository, order.number(), order.sha(), order.message()));
    } catch (ApiException refusal) {
      // 405: not mergeable, or merged already. 409: the head is another one, or a merge is under
      // way.
      if (refusal.status() == 405 || refusal.status() == 409) {
        return already(refusal, again);
      }
      return unreadIf(again, refusal);
    }
  }

  /** The merge has happened: whatever its reading answers for good is a matter of reading. */
  private MergeProof prove(String mergeCommit) {
    try {
      return proof(mergeCommit);
    } catch (ApiException unreadable) {
      return unreadIf(true, unreadable);
    }
  }

  private MergeProof proof(String mergeCommit) {
    GitCommit merged = github.gitCommit(repository, mergeCommit);
    return new MergeProof(
        mergeCommit,
        merged.parentShas(),
        merged.tree().sha(),
        github.tree(repository, order.revision()),
        null);
  }

  /** A refusal for good is none when the merge may have happened; another one is passed on. */
  private static MergeProof unreadIf(boolean mayBeMerged, ApiException refusal) {
    if (mayBeMerged && (refusal.is(Kind.REJECTED) || refusal.is(Kind.NOT_FOUND))) {
      return MergeProof.unread(refusal.getMessage());
    }
    throw refusal;
  }

  /** The merge of exactly this head, when the pull request is merged. */
  private MergeProof already(ApiException refusal, boolean again) {
    Pull pull;
    try {
      pull = github.pull(repository, order.number());
    } catch (ApiException unreadable) {
      return unreadIf(again, unreadable);
    }
    if (!order.sha().equals(pull.head().sha())) {
      throw refusal;
    }
    if (!pull.merged() && "open".equals(pull.state()) && pull.mergeable() == null) {
      throw ApiException.unavailable(
          "GitHub: still computing whether pull request #"
              + order.number()
              + " can be merged; it is asked again by itself");
    }
    if (!pull.merged()) {
      return unreadIf(again, refusal);
    }
    return merged(pull.base().ref());
  }

  private MergeProof merged(String branch) {
    List<Commit> since;
    try {
      since = since(branch);
    } catch (ApiException unreadable) {
      return unreadIf(true, unreadable);
    }
    return since.isEmpty()
        ? MergeProof.unread(notSeen(branch))
        : mergeOf(since).map(this::prove).orElseThrow(() -> squashed(branch));
  }

  /** Not merge_commit_sha of the pull request: version 2026-03-10 of the API has removed it. */
  private Optional<String> mergeOf(List<Commit> since) {
    return since.stream()
        .filter(commit -> commit.parentShas().size() == 2)
        .filter(commit -> commit.parentShas().get(1).equals(order.sha()))
        .map(Commit::sha)
        .findFirst();
  }

  private List<Commit> since(String branch) {
    return github.allCommits(
        repository,
        github.compare(repository, order.targetHead(), branch),
        order.targetHead(),
        branch);
  }

  private String notSeen(String branch) {
    return "GitHub: pull request #"
        + order.number()
        + " is merged at "
        + order.sha()
        + ", but "
        + branch
        + " does not show its merge commit since "
        + order.targetHead();
  }

  private ApiException squashed(String branch) {
    return ApiException.rejected(
        notSeen(branch)
            + "; it was squashed or rebased, which cannot be proved equal: merge it as a merge"
            + " commit");
  }

  /** One look for a merge that may have happened; what is not to be seen may be seen soon. */
  MergeProof readBack() {
    try {
      Pull pull = github.pull(repository, order.number());
      String branch = pull.base().ref();
      List<Commit> since = since(branch);
      if (!pull.merged() && since.isEmpty()) {
        throw Failures.unchanged(branch + " and pull request #" + order.number(), null);
      }
      return mergeOf(since)
          .map(this::proof)
          .orElseThrow(() -> ApiException.unavailable(notSeen(branch)));
    } catch (ApiException unreadable) {
      throw unreadable.is(Kind.NOT_FOUND)
          ? ApiException.unavailable(unreadable.getMessage())
          : unreadable;
    }
  }
}
