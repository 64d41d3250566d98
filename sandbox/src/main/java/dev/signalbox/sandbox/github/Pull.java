package dev.signalbox.sandbox.github;

import java.time.Instant;

/** A pull request as it stands. Changed only with the repository's lock held. */
final class Pull {

  final long id;
  final long number;
  final String head;
  final String base;
  final String login;
  final boolean draft;
  final Instant createdAt;

  String title;
  String body;
  String headSha;
  String baseSha;
  boolean open = true;
  Instant updatedAt;
  Instant closedAt;
  Instant mergedAt;
  String mergedBy;

  /** Of an open one the trial merge, of a merged one the merge. */
  String mergeCommit;

  /** The pair of tips for which mergeability was asked before; see {@link Pulls#mergeable}. */
  String judged;

  Pull(long id, long number, String head, String base, String login, boolean draft, Instant at) {
    this.id = id;
    this.number = number;
    this.head = head;
    this.base = base;
    this.login = login;
    this.draft = draft;
    this.createdAt = at;
    this.updatedAt = at;
  }

  boolean merged() {
    return mergedAt != null;
  }

  String state() {
    return open ? "open" : "closed";
  }
}
