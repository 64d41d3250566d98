package dev.signalbox.sandbox.github;

import java.time.Instant;
import java.util.Optional;

/** A pull request as it stands. Changed only with the repository's lock held. */
final class Pull extends Issue {

  final String head;

  /** Whose repository the head is said to be in; all branches are in the one that there is. */
  String owner;

  String base;
  boolean draft;
  String headSha;
  String baseSha;
  Instant mergedAt;
  String mergedBy;

  /** Whether it could not be merged when it was closed. */
  boolean closedInConflict;

  /** Of an open one the trial merge, of a merged one the merge. */
  String mergeCommit;

  /** The pair of tips for which mergeability was asked before; see {@link Pulls#mergeable}. */
  String judged;

  Pull(long id, long number, String head, String base, String login, boolean draft, Instant at) {
    super(id, number, login, at);
    this.head = head;
    this.base = base;
    this.draft = draft;
  }

  @Override
  Optional<Pull> pull() {
    return Optional.of(this);
  }

  boolean merged() {
    return mergedAt != null;
  }
}
