package dev.signalbox.sandbox.github;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** An issue as it stands. Changed only with the repository's lock held. */
class Issue {

  final long id;
  final long number;
  final String login;
  final Instant createdAt;
  final Set<String> labels = new LinkedHashSet<>();
  final Set<String> assignees = new LinkedHashSet<>();

  String title;
  String body;
  boolean open = true;
  String stateReason;
  Instant updatedAt;
  Instant closedAt;
  int comments;

  Issue(long id, long number, String login, Instant at) {
    this.id = id;
    this.number = number;
    this.login = login;
    this.createdAt = at;
    this.updatedAt = at;
  }

  /** To GitHub every pull request is an issue too. */
  Optional<Pull> pull() {
    return Optional.empty();
  }

  String state() {
    return open ? "open" : "closed";
  }
}
