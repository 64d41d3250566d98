package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.Commit;
import dev.signalbox.sandbox.git.FileChange;
import dev.signalbox.sandbox.git.GitRepository;
import dev.signalbox.sandbox.git.Person;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The event {@code push}: what a branch got or lost. */
final class PushShapes {

  private static final String NOTHING = "0".repeat(40);

  /** More commits than these are not listed. */
  private static final int MOST_COMMITS = 2048;

  private final GitRepository repository;
  private final Shapes shapes;

  PushShapes(GitRepository repository, Shapes shapes) {
    this.repository = repository;
    this.shapes = shapes;
  }

  /**
   * @param before null when the branch is new
   * @param after null when it is gone
   */
  Map<String, Object> push(Place place, String branch, String before, String after) {
    String from = before == null ? NOTHING : before;
    String to = after == null ? NOTHING : after;
    Optional<Commit> head = Optional.ofNullable(after).map(repository::commitAt);
    Person pusher = head.map(Commit::committer).orElse(null);
    return Json.object(
        "ref",
        "refs/heads/" + branch,
        "before",
        from,
        "after",
        to,
        "created",
        before == null,
        "deleted",
        after == null,
        "forced",
        before != null && after != null && !repository.contains(after, before),
        "base_ref",
        null,
        "compare",
        shapes.page(place, "/compare/" + from.substring(0, 12) + "..." + to.substring(0, 12)),
        "commits",
        commits(before, after).stream().map(commit -> commit(place, commit)).toList(),
        "head_commit",
        head.map(commit -> commit(place, commit)).orElse(null),
        "pusher",
        Json.object(
            "name",
            pusher == null ? FakeGitHub.LOGIN : pusher.name(),
            "email",
            pusher == null ? null : pusher.email()));
  }

  private List<Commit> commits(String before, String after) {
    if (before == null || after == null) {
      return List.of();
    }
    List<Commit> commits = repository.compare(before, after).commits();
    return commits.subList(Math.max(0, commits.size() - MOST_COMMITS), commits.size());
  }

  private Map<String, Object> commit(Place place, Commit commit) {
    List<FileChange> changes =
        commit.parents().isEmpty()
            ? List.of()
            : repository.changes(commit.parents().get(0), commit.sha());
    return Json.object(
        "id",
        commit.sha(),
        "tree_id",
        commit.tree(),
        "distinct",
        true,
        "message",
        commit.message().stripTrailing(),
        "timestamp",
        Json.time(commit.committer().at()),
        "url",
        shapes.page(place, "/commit/" + commit.sha()),
        "author",
        person(commit.author()),
        "committer",
        person(commit.committer()),
        "added",
        paths(changes, "added"),
        "removed",
        paths(changes, "removed"),
        "modified",
        paths(changes, "modified"));
  }

  private static List<String> paths(List<FileChange> changes, String status) {
    return changes.stream()
        .filter(change -> change.status().equals(status))
        .map(FileChange::path)
        .toList();
  }

  private static Map<String, Object> person(Person person) {
    Map<String, Object> shape =
        Json.object("name", person.name(), "email", person.email(), "date", Json.time(person.at()));
    person.login().ifPresent(login -> shape.put("username", login));
    return shape;
  }
}
