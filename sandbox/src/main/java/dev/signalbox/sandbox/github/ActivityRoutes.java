package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.GitRepository;
import dev.signalbox.sandbox.git.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who moved which branch (source: "List repository activities"). Here every push is its last
 * commit's committer's, because all push with the same token.
 */
final class ActivityRoutes {
  private static final String NOTHING = "0".repeat(40);

  private final Hub hub;
  private final Shapes shapes;
  private final AtomicLong ids = new AtomicLong();
  private final List<Activity> activities = new CopyOnWriteArrayList<>();

  private record Activity(
      long id, String branch, String before, String after, String login, Instant at) {}

  ActivityRoutes(Hub hub, Shapes shapes) {
    this.hub = hub;
    this.shapes = shapes;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", "/activity", this::list);
    GitRepository repository = hub.repository();
    repository.onPush(
        (branch, before, after) ->
            activities.add(
                new Activity(
                    ids.incrementAndGet(), branch, before, after, pusher(after), hub.now())));
  }

  private String pusher(String after) {
    return Optional.ofNullable(after)
        .map(hub.repository()::commitAt)
        .flatMap(commit -> account(commit.committer(), commit.author()))
        .orElse(FakeGitHub.LOGIN);
  }

  /** GitHub itself commits for whoever wrote it. */
  private static Optional<String> account(Person committer, Person author) {
    return committer.email().equals("noreply@github.com") ? author.login() : committer.login();
  }

  private Reply list(Request request) {
    Optional<String> ref = request.query("ref").map(name -> name.replaceFirst("^refs/heads/", ""));
    List<Activity> found =
        new ArrayList<>(
            activities.stream()
                .filter(one -> ref.isEmpty() || ref.get().equals(one.branch()))
                .toList());
    Collections.reverse(found);
    return Pages.array(request, found, one -> shape(request, one));
  }

  private Map<String, Object> shape(Request request, Activity one) {
    return Json.object(
        "id",
        one.id(),
        "node_id",
        "PSH_" + one.id(),
        "before",
        one.before() == null ? NOTHING : one.before(),
        "after",
        one.after() == null ? NOTHING : one.after(),
        "ref",
        "refs/heads/" + one.branch(),
        "timestamp",
        Json.time(one.at()),
        "activity_type",
        one.before() == null ? "branch_creation" : one.after() == null ? "branch_deletion" : "push",
        "actor",
        shapes.user(request, one.login()));
  }
}
