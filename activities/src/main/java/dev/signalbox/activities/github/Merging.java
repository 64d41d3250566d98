package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.GitCommit;
import dev.signalbox.activities.github.GitHubAnswers.Pull;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.workflows.github.GitHubActivities.MergeOrder;
import dev.signalbox.workflows.github.GitHubActivities.MergeProof;
import java.util.Optional;

/**
 * Merges once, and proves what was merged. GitHub refuses the second merge, and one whose head has
 * moved; after a lost answer the merge commit is found on the base branch.
 */
final class Merging {
  private final GitHubClient github;
  private final Repository repository;

  Merging(GitHubClient github, Repository repository) {
    this.github = github;
    this.repository = repository;
  }

  MergeProof merge(MergeOrder order) {
    String mergeCommit;
    try {
      mergeCommit = github.merge(repository, order.number(), order.sha(), order.message());
    } catch (ApiException refusal) {
      // 405: not mergeable, or merged already. 409: the head is another one, or a merge is under
      // way.
      if (refusal.status() != 405 && refusal.status() != 409) {
        throw refusal;
      }
      mergeCommit = already(order).orElseThrow(() -> refusal);
    }
    GitCommit merged = github.gitCommit(repository, mergeCommit);
    return new MergeProof(
        mergeCommit,
        merged.parentShas(),
        merged.tree().sha(),
        github.tree(repository, order.sha()));
  }

  /** The merge commit of exactly this head, when the pull request is merged. */
  private Optional<String> already(MergeOrder order) {
    Pull pull = github.pull(repository, order.number());
    if (!order.sha().equals(pull.head().sha())) {
      return Optional.empty();
    }
    if (!pull.merged() && "open".equals(pull.state()) && pull.mergeable() == null) {
      throw ApiException.unavailable(
          "GitHub: still computing whether pull request #"
              + order.number()
              + " can be merged; it is asked again by itself");
    }
    if (!pull.merged()) {
      return Optional.empty();
    }
    String branch = pull.base().ref();
    // Not merge_commit_sha: version 2026-03-10 of the API has removed it.
    return github.commitsBetween(repository, order.targetHead(), branch).stream()
        .filter(commit -> commit.parentShas().size() == 2)
        .filter(commit -> commit.parentShas().get(1).equals(order.sha()))
        .map(GitHubAnswers.Commit::sha)
        .findFirst()
        .or(
            () -> {
              throw ApiException.rejected(
                  "GitHub: pull request #"
                      + order.number()
                      + " is merged at "
                      + order.sha()
                      + ", but "
                      + branch
                      + " has no merge commit of it since "
                      + order.targetHead()
                      + "; it was squashed or rebased, which cannot be proved equal: merge it as a"
                      + " merge commit");
            });
  }
}
