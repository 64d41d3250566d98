package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.Commit;
import dev.signalbox.activities.github.GitHubAnswers.Comparison;
import dev.signalbox.activities.github.GitHubAnswers.Pull;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.workflows.github.LevelOrder;
import dev.signalbox.workflows.github.LevelReport;
import dev.signalbox.workflows.github.LevelReport.Outcome;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Brings the branch that releases come from level with the one that they go to. Every attempt
 * begins with a look at both, so that what an earlier one has done is seen before anything is done
 * again. The pull request has a branch of its own: the released branch itself must not be what
 * somebody deletes after a merge.
 */
final class Leveling {
  private static final String NOT_FORWARD = "not a fast forward";
  private static final String REF_EXISTS = "Reference already exists";
  private static final String PULL_EXISTS = "A pull request already exists";
  private static final String BRANCHES = "signalbox/sync-";

  /** Enough for people; the pull request lists more. */
  private static final int MOST_NAMED = 20;

  private final GitHubClient github;
  private final Repository repository;
  private final LevelOrder order;

  Leveling(GitHubClient github, Repository repository, LevelOrder order) {
    this.github = github;
    this.repository = repository;
    this.order = order;
  }

  /** Where both are, and what only the source branch has, newest first. */
  private record Standing(String head, String sourceHead, List<Commit> own) {}

  /**
   * @param again whether an earlier attempt may have moved the branch already
   */
  LevelReport carryOut(boolean again) {
    String head = github.branchHead(repository, order.branch());
    String sourceHead = github.branchHead(repository, order.sourceBranch());
    Optional<Comparison> compared = compared(head, sourceHead);
    if (compared.isEmpty()) {
      return refused(new Standing(head, sourceHead, List.of()), severed(head));
    }
    Comparison comparison = compared.get();
    List<Commit> own = new ArrayList<>(github.allCommits(repository, comparison, head, sourceHead));
    Collections.reverse(own);
    Standing standing = new Standing(head, sourceHead, own);
    if (comparison.containsBase()) {
      return again && head.equals(sourceHead) ? moved(head) : level(standing);
    }
    return own.isEmpty() ? forward(standing) : pull(standing, null);
  }

  /** Empty where the two have nothing in common. */
  private Optional<Comparison> compared(String head, String sourceHead) {
    try {
      return Optional.of(github.compare(repository, head, sourceHead));
    } catch (ApiException refusal) {
      if (refusal.is(Kind.NOT_FOUND)) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  private LevelReport level(Standing standing) {
    boolean equal = sameTree(standing.head(), standing.sourceHead());
    int own = standing.own().size();
    return report(
        Outcome.LEVEL,
        standing,
        equal,
        null,
        order.sourceBranch()
            + " has all of "
            + order.branch()
            + (own == 0
                ? " and nothing else; the same files"
                : ", and " + commits(own) + " of its own" + (equal ? "; the same files" : "")));
  }

  // ---- forward

  private LevelReport forward(Standing standing) {
    try {
      github.git().moveBranch(repository, order.sourceBranch(), standing.head());
    } catch (ApiException refusal) {
      if (refusal.is(Kind.REJECTED) && refusal.getMessage().contains(NOT_FORWARD)) {
        throw ApiException.unavailable(
            "GitHub: " + order.sourceBranch() + " was pushed to meanwhile; it is read again");
      }
      if (refusal.is(Kind.REJECTED) || refusal.is(Kind.NOT_FOUND)) {
        // A protected branch takes it by a pull request alone.
        return pull(standing, refusal.getMessage());
      }
      throw refusal;
    }
    String now = github.branchHead(repository, order.sourceBranch());
    if (!now.equals(standing.head())) {
      throw ApiException.unavailable(
          "GitHub: "
              + order.sourceBranch()
              + " was moved to "
              + standing.head()
              + ", but is shown at "
              + now);
    }
    return moved(now);
  }

  private LevelReport moved(String head) {
    return report(
        Outcome.MOVED,
        new Standing(head, head, List.of()),
        true,
        null,
        order.sourceBranch()
            + " was moved forward to "
            + ShortCommit.of(head)
            + ", the head of "
            + order.branch()
            + "; the same files");
  }

  // ---- by a pull request

  /**
   * @param refusal why the branch cannot be moved, where GitHub said so; null = it has something of
   *     its own
   */
  private LevelReport pull(Standing standing, String refusal) {
    LevelingText text = new LevelingText(order, standing.head(), standing.own(), refusal);
    try {
      Optional<Pull> open = open();
      return open.isPresent()
          ? waiting(standing, goneOnWith(open.get(), standing, text))
          : opened(standing, text);
    } catch (ApiException no) {
      if (no.is(Kind.REJECTED) || no.is(Kind.NOT_FOUND)) {
        return refused(standing, no.getMessage());
      }
      throw no;
    }
  }

  /** Ours that is open; a stranger's words cannot pass for it, its branch lies elsewhere. */
  private Optional<Pull> open() {
    return github.openPullsInto(repository, order.sourceBranch()).stream()
        .filter(this::ours)
        .findFirst();
  }

  private boolean ours(Pull pull) {
    return pull.body() != null
        && pull.body().contains(PostedText.marker(order.marker()))
        && pull.head().ref().startsWith(BRANCHES)
        && pull.head().repo() != null
        && pull.head().repo().fullName().equalsIgnoreCase(order.repository());
  }

  /** Its branch follows the released one, unless somebody has pushed to it. */
  private Pull goneOnWith(Pull open, Standing standing, LevelingText text) {
    boolean follows = follows(open, standing.head());
    String body = PostedText.body(text.body(follows), order.marker());
    if (!body.equals(open.body())) {
      github.updatePull(repository, open.number(), body);
    }
    return open;
  }

  private boolean follows(Pull open, String head) {
    if (open.head().sha().equals(head)) {
      return true;
    }
    try {
      github.git().moveBranch(repository, open.head().ref(), head);
      return true;
    } catch (ApiException refusal) {
      if (refusal.is(Kind.REJECTED) && refusal.getMessage().contains(NOT_FORWARD)) {
        return github.compare(repository, head, open.head().sha()).containsBase();
      }
      throw refusal;
    }
  }

  private LevelReport opened(Standing standing, LevelingText text) {
    String branch = BRANCHES + order.environment() + "-" + ShortCommit.of(standing.head());
    Optional<Pull> earlier =
        github.pullsFrom(repository, branch).stream()
            .filter(this::ours)
            .filter(pull -> order.sourceBranch().equals(pull.base().ref()))
            .findFirst();
    if (earlier.isPresent()) {
      return closed(standing, earlier.get());
    }
    makeBranch(branch, standing.head());
    return waiting(standing, made(branch, text));
  }

  private LevelReport closed(Standing standing, Pull earlier) {
    return refused(
        standing,
        earlier.mergedAt() == null
            ? earlier.htmlUrl()
                + " would have done it and was closed; open it again, or merge by hand"
            : earlier.htmlUrl()
                + " was merged without a merge commit, so that the histories stay apart; merge by"
                + " hand");
  }

  private void makeBranch(String branch, String sha) {
    try {
      github.git().createBranch(repository, branch, sha);
    } catch (ApiException refusal) {
      if (!refusal.refusedWith(422, REF_EXISTS)) {
        throw refusal;
      }
    }
  }

  private Pull made(String branch, LevelingText text) {
    try {
      return github.createPull(
          repository,
          branch,
          order.sourceBranch(),
          text.title(),
          PostedText.body(text.body(true), order.marker()));
    } catch (ApiException refusal) {
      if (!refusal.refusedWith(422, PULL_EXISTS)) {
        throw refusal;
      }
      return open().orElseThrow(() -> refusal);
    }
  }

  // ---- what is said

  private LevelReport waiting(Standing standing, Pull pull) {
    int own = standing.own().size();
    return report(
        Outcome.PULL_REQUEST,
        standing,
        sameTree(standing.head(), standing.sourceHead()),
        pull.htmlUrl(),
        "a person is to merge "
            + pull.htmlUrl()
            + ", with a merge commit: "
            + order.sourceBranch()
            + (own == 0
                ? " takes no direct push"
                : " has " + commits(own) + " that " + order.branch() + " lacks"));
  }

  private LevelReport refused(Standing standing, String why) {
    return report(
        Outcome.REFUSED,
        standing,
        sameTree(standing.head(), standing.sourceHead()),
        null,
        order.sourceBranch()
            + " was not brought level: "
            + why
            + " (`git merge "
            + ShortCommit.of(standing.head())
            + "` on "
            + order.sourceBranch()
            + ", and push; never by force)");
  }

  private String severed(String head) {
    return "it has no history in common with "
        + order.branch()
        + " (404: the repository was replaced, or its history rewritten); join the two with `git"
        + " merge -s ours --allow-unrelated-histories "
        + ShortCommit.of(head)
        + "`";
  }

  private LevelReport report(
      Outcome outcome, Standing standing, boolean treesEqual, String pull, String words) {
    return new LevelReport(
        outcome,
        standing.head(),
        standing.sourceHead(),
        treesEqual,
        pull,
        standing.own().stream().limit(MOST_NAMED).map(Leveling::named).toList(),
        standing.own().size(),
        words);
  }

  private static ReleaseSet.Commit named(Commit commit) {
    return new ReleaseSet.Commit(
        commit.sha(), commit.subject(), commit.authorName(), commit.parentShas());
  }

  private boolean sameTree(String one, String other) {
    return one.equals(other) || github.tree(repository, one).equals(github.tree(repository, other));
  }

  private static String commits(int number) {
    return number == 1 ? "1 commit" : number + " commits";
  }
}
