package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.Commit;
import dev.signalbox.activities.github.GitHubAnswers.Comparison;
import dev.signalbox.activities.github.GitHubAnswers.GitCommit;
import dev.signalbox.activities.github.GitHubAnswers.Pull;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.github.RevertOrder;
import dev.signalbox.workflows.github.RevertPull;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Takes a release back as {@code git revert} does, without a working tree: GitHub's own merge puts
 * together what the branch has now and what ran before, seen from the release that both come from.
 *
 * <p>A branch and a pull request are made last and whole. Both are found again by the run's ids, so
 * that an attempt whose answer was lost is gone on with.
 */
final class Reverting {
  private static final String REF_EXISTS = "Reference already exists";
  private static final String PULL_EXISTS = "A pull request already exists";

  /** GitHub's full text: "Merge conflict". */
  private static final String CONFLICT = "Merge conflict";

  /** A push of this runs nothing at GitHub Actions; it is gone a moment later. */
  private static final String QUIET = " [skip ci]";

  private final GitHubClient github;
  private final GitDatabase git;
  private final Repository repository;
  private final RevertOrder order;
  private final String family;

  Reverting(GitHubClient github, Repository repository, RevertOrder order) {
    this.github = github;
    this.git = github.git();
    this.repository = repository;
    this.order = order;
    this.family = order.environment() + "-" + ShortCommit.of(order.revision());
  }

  RevertPull open() {
    Optional<Pull> there = opened();
    if (there.isPresent()) {
      return RevertPull.opened(there.get().htmlUrl());
    }
    RevertedRelease release = null;
    try {
      release = release();
      return open(release);
    } catch (ApiException refusal) {
      if (!refusal.is(Kind.REJECTED) && !refusal.is(Kind.NOT_FOUND)) {
        throw refusal;
      }
      return RevertPull.byHand(
          "no revert pull request: "
              + refusal.getMessage()
              + "; take it back "
              + (release == null
                  ? "on `" + order.branch() + "` by hand: `git revert " + order.revision() + "`"
                  : release.commands()));
    }
  }

  /** The one of this run, whatever became of it; else another run's that is open. */
  private Optional<Pull> opened() {
    String marker = PostedText.marker(order.marker());
    return github.pullsFrom(repository, branch()).stream()
        .filter(pull -> pull.body() != null && pull.body().contains(marker))
        .findFirst()
        .or(
            () ->
                github.openPullsInto(repository, order.branch()).stream()
                    .filter(pull -> pull.head().ref().startsWith("signalbox/revert-" + family))
                    .findFirst());
  }

  private String branch() {
    return "signalbox/revert-" + family + "-" + runDigits();
  }

  private String scratch() {
    return "signalbox/reverting-" + family + "-" + runDigits();
  }

  private String runDigits() {
    return order.runId().substring(0, Math.min(8, order.runId().length()));
  }

  // ---- what is taken back

  private RevertedRelease release() {
    String base = order.base();
    if (base != null && !base.equals(order.revision())) {
      Comparison since = github.compare(repository, base, order.revision());
      if (since.containsBase()) {
        List<Commit> commits =
            new ArrayList<>(github.allCommits(repository, since, base, order.revision()));
        Collections.reverse(commits);
        return new RevertedRelease(order, base, commits);
      }
    }
    Commit alone = github.commit(repository, order.revision());
    if (alone.parents().isEmpty()) {
      throw ApiException.rejected(
          order.revision() + " is the first commit, so there is nothing before it");
    }
    return new RevertedRelease(order, alone.parentShas().get(0), List.of(alone));
  }

  private RevertPull open(RevertedRelease release) {
    String head = github.branchHead(repository, order.branch());
    String there = github.tree(repository, head);
    requireContained(head);
    String tree = tree(release, head, there);
    if (tree.equals(there)) {
      return RevertPull.byHand(
          "no revert pull request: `"
              + order.branch()
              + "` has nothing of "
              + ShortCommit.of(order.revision())
              + " any more");
    }
    makeBranch(branch(), git.createCommit(repository, release.message(), tree, List.of(head)));
    return RevertPull.opened(pull(release).htmlUrl());
  }

  private void requireContained(String head) {
    if (!head.equals(order.revision())
        && !github.compare(repository, order.revision(), head).containsBase()) {
      throw ApiException.rejected(
          "`" + order.branch() + "` does not contain " + ShortCommit.of(order.revision()));
    }
  }

  // ---- the tree without it

  private String tree(RevertedRelease release, String head, String there) {
    String before = github.tree(repository, release.base());
    return there.equals(github.tree(repository, order.revision()))
        ? before
        : merged(release, head, there, before);
  }

  /**
   * What came after the release stays: two commits on top of it, one with the branch's files and
   * one with the former ones, are merged on a branch of ours that goes at once.
   */
  private String merged(RevertedRelease release, String head, String there, String before) {
    List<String> bad = List.of(order.revision());
    String now = git.createCommit(repository, "As at " + head + QUIET, there, bad);
    String former = git.createCommit(repository, "As at " + release.base() + QUIET, before, bad);
    resetBranch(scratch(), now);
    try {
      String made = git.mergeInto(repository, scratch(), former, release.title() + QUIET).sha();
      GitCommit merge = github.gitCommit(repository, made);
      if (!merge.parentShas().equals(List.of(now, former))) {
        throw ApiException.unavailable(
            "GitHub: " + scratch() + " was moved by another attempt while it was merged");
      }
      return merge.tree().sha();
    } catch (ApiException refusal) {
      if (refusal.refusedWith(409, CONFLICT)) {
        throw ApiException.rejected(
            "what came to `"
                + order.branch()
                + "` after "
                + ShortCommit.of(order.revision())
                + " is in conflict with taking it back");
      }
      throw refusal;
    } finally {
      removeScratch();
    }
  }

  private void resetBranch(String branch, String sha) {
    try {
      git.createBranch(repository, branch, sha);
    } catch (ApiException refusal) {
      if (!refusal.refusedWith(422, REF_EXISTS)) {
        throw refusal;
      }
      git.resetBranch(repository, branch, sha);
    }
  }

  // It is in nobody's way: what cannot be removed now must not hide how the merge ended.
  private void removeScratch() {
    try {
      git.deleteBranch(repository, scratch());
    } catch (ApiException left) {
      // The next attempt begins with it again.
    }
  }

  // ---- what people see

  /** Of two attempts at once the first one's commit counts. */
  private void makeBranch(String branch, String sha) {
    try {
      git.createBranch(repository, branch, sha);
    } catch (ApiException refusal) {
      if (!refusal.refusedWith(422, REF_EXISTS)) {
        throw refusal;
      }
    }
  }

  private Pull pull(RevertedRelease release) {
    String body = PostedText.body(release.body(), order.marker());
    try {
      return github.createPull(repository, branch(), order.branch(), release.title(), body);
    } catch (ApiException refusal) {
      if (!refusal.refusedWith(422, PULL_EXISTS)) {
        throw refusal;
      }
      return opened().orElseThrow(() -> refusal);
    }
  }
}
