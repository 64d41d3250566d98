package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.workflows.github.GitHubActivities.MergeOrder;
import dev.signalbox.workflows.github.MergeProof;

/**
 * Moves the target branch forward to the promoted commit, never by force: GitHub refuses it once
 * the branch has anything of its own. The second move changes nothing. No commit is made, so that
 * the branch itself is the proof; GitHub's reads may lag its writes.
 */
final class FastForwarding {
  /** GitHub's full text: "Update is not a fast forward". */
  private static final String NOT_FORWARD = "not a fast forward";

  private final GitHubClient github;
  private final Repository repository;
  private final MergeOrder order;

  FastForwarding(GitHubClient github, Repository repository, MergeOrder order) {
    this.github = github;
    this.repository = repository;
    this.order = order;
  }

  /**
   * @param again whether an earlier attempt may have moved it already
   */
  MergeProof move(boolean again) {
    try {
      github.git().moveBranch(repository, order.branch(), order.sha());
    } catch (ApiException refusal) {
      return refused(refusal, again);
    }
    try {
      String head = head();
      return holds(head) ? proof() : MergeProof.unread(notSeen(head));
    } catch (ApiException unreadable) {
      return unreadIf(true, unreadable);
    }
  }

  private MergeProof refused(ApiException refusal, boolean again) {
    if (!refusal.is(Kind.REJECTED) && !refusal.is(Kind.NOT_FOUND)) {
      throw refusal;
    }
    try {
      String head = head();
      // Somebody may have gone on from where an earlier attempt has brought it.
      if (head.equals(order.sha()) || (again && holds(head))) {
        return proof();
      }
      if (refusal.getMessage().contains(NOT_FORWARD)) {
        throw baseMoved(head);
      }
    } catch (ApiException unreadable) {
      return unreadIf(again, unreadable);
    }
    throw refusal;
  }

  private ApiException baseMoved(String head) {
    return ApiException.rejected(
        "the base moved: "
            + order.branch()
            + " is at "
            + head
            + ", no longer at "
            + order.targetHead()
            + ", and has something that "
            + order.sha()
            + " lacks; nothing deployed");
  }

  /** One look for a move that may have happened; what is not to be seen may be seen soon. */
  MergeProof readBack() {
    try {
      String head = head();
      if (holds(head)) {
        return proof();
      }
      if (head.equals(order.targetHead())) {
        throw Failures.unchanged(order.branch(), null);
      }
      throw ApiException.unavailable(notSeen(head));
    } catch (ApiException unreadable) {
      throw unreadable.is(Kind.NOT_FOUND)
          ? ApiException.unavailable(unreadable.getMessage())
          : unreadable;
    }
  }

  private String head() {
    return github.branchHead(repository, order.branch());
  }

  private boolean holds(String head) {
    return head.equals(order.sha())
        || (!head.equals(order.targetHead())
            && github.compare(repository, order.sha(), head).containsBase());
  }

  private MergeProof proof() {
    return new MergeProof(
        order.sha(),
        null,
        github.tree(repository, order.sha()),
        github.tree(repository, order.revision()),
        null);
  }

  private String notSeen(String head) {
    return "GitHub: "
        + order.branch()
        + " was moved to "
        + order.sha()
        + ", but is shown at "
        + head;
  }

  /** A refusal for good is none when the move may have happened; another one is passed on. */
  private static MergeProof unreadIf(boolean mayBeMoved, ApiException refusal) {
    if (mayBeMoved && (refusal.is(Kind.REJECTED) || refusal.is(Kind.NOT_FOUND))) {
      return MergeProof.unread(refusal.getMessage());
    }
    throw refusal;
  }
}
