package dev.signalbox.sandbox.github;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Comments in the conversations of issues and pull requests. */
final class Comments {

  record Comment(
      long id, long number, String login, String body, Instant createdAt, Instant updatedAt) {}

  record Reaction(long id, String login, String content, Instant createdAt) {}

  private final Hub hub;
  private final Issues issues;
  private final IssueShapes shapes;
  private final Map<Long, Comment> comments = new TreeMap<>();
  private final Map<Long, List<Reaction>> reactions = new TreeMap<>();

  Comments(Hub hub, Issues issues, IssueShapes shapes) {
    this.hub = hub;
    this.issues = issues;
    this.shapes = shapes;
  }

  List<Comment> of(Issue issue) {
    return comments.values().stream().filter(one -> one.number() == issue.number).toList();
  }

  /** Of all issues, oldest first. */
  List<Comment> all() {
    return List.copyOf(comments.values());
  }

  Optional<Comment> find(long id) {
    return Optional.ofNullable(comments.get(id));
  }

  Comment add(Issue issue, String login, String body) {
    Comment comment = new Comment(hub.nextId(), issue.number, login, body, hub.now(), hub.now());
    comments.put(comment.id(), comment);
    issue.comments++;
    issues.touch(issue);
    announce("created", comment, login);
    return comment;
  }

  Comment edit(Comment before, String body, String login) {
    Comment after =
        new Comment(
            before.id(), before.number(), before.login(), body, before.createdAt(), hub.now());
    comments.put(after.id(), after);
    announce("edited", after, login);
    return after;
  }

  void remove(Comment comment, String login) {
    comments.remove(comment.id());
    issues.get(comment.number()).comments--;
    announce("deleted", comment, login);
  }

  /** Oldest first. */
  List<Reaction> reactions(Comment comment) {
    return List.copyOf(reactions.getOrDefault(comment.id(), List.of()));
  }

  /** One of a kind for each person; empty when it was there already. Nobody is told of it. */
  Optional<Reaction> react(Comment comment, String login, String content) {
    List<Reaction> known = reactions.computeIfAbsent(comment.id(), first -> new ArrayList<>());
    if (known.stream()
        .anyMatch(one -> one.login().equals(login) && one.content().equals(content))) {
      return Optional.empty();
    }
    Reaction reaction = new Reaction(hub.nextId(), login, content, hub.now());
    known.add(reaction);
    return Optional.of(reaction);
  }

  private void announce(String action, Comment comment, String login) {
    Issue issue = issues.get(comment.number());
    hub.announce(
        "issue_comment",
        action,
        login,
        place ->
            Json.object(
                "issue",
                shapes.issue(place, issue),
                "comment",
                shapes.comment(place, comment, issue)));
  }
}
