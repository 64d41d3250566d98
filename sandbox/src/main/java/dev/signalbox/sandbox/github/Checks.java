package dev.signalbox.sandbox.github;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Commit statuses and check runs: GitHub's two ways to say that a commit is good. */
final class Checks {

  private static final Set<String> GREEN = Set.of("success", "neutral", "skipped");

  /** One report; a context may have many, of which the newest counts. */
  record Status(
      long id,
      String sha,
      String context,
      String state,
      String description,
      String targetUrl,
      String login,
      Instant at) {}

  /**
   * @param conclusion null until it is completed
   * @param suite one per app and commit
   */
  record Run(
      long id,
      String sha,
      String name,
      String status,
      String conclusion,
      String detailsUrl,
      String externalId,
      Map<String, Object> output,
      String app,
      long suite,
      Instant startedAt,
      Instant completedAt) {

    Run begun(String how, Instant at) {
      return new Run(
          id, sha, name, how, null, detailsUrl, externalId, output, app, suite, at, null);
    }

    Run ended(String with, Instant at) {
      return new Run(
          id,
          sha,
          name,
          "completed",
          with,
          detailsUrl,
          externalId,
          output,
          app,
          suite,
          startedAt,
          at);
    }
  }

  /**
   * All runs of one app for one commit.
   *
   * @param status completed once every run is
   * @param conclusion of the worst run; null until it is completed
   */
  record Suite(
      long id, String sha, String app, String status, String conclusion, Instant at, int runs) {}

  private record SuiteKey(String app, String sha) {}

  private record Begun(long id, Instant at) {}

  /** The worst first. */
  private static final List<String> CONCLUSIONS =
      List.of(
          "failure",
          "timed_out",
          "startup_failure",
          "action_required",
          "cancelled",
          "stale",
          "success",
          "neutral",
          "skipped");

  private final Hub hub;
  private final CheckShapes shapes;
  private final List<Status> statuses = new ArrayList<>();
  private final Map<Long, Run> runs = new LinkedHashMap<>();
  private final Map<SuiteKey, Begun> suites = new LinkedHashMap<>();

  Checks(Hub hub, CheckShapes shapes) {
    this.hub = hub;
    this.shapes = shapes;
  }

  void add(Status status) {
    statuses.add(status);
    hub.announce("status", null, status.login(), place -> shapes.statusEvent(place, status));
  }

  void put(Run run) {
    Run before = runs.put(run.id(), run);
    if (before == null) {
      announce("check_run", "created", place -> Map.of("check_run", shape(place, run)));
    }
    boolean ends = run.conclusion() != null;
    if (ends && (before == null || before.conclusion() == null)) {
      announce("check_run", "completed", place -> Map.of("check_run", shape(place, run)));
      suites(run.sha()).stream()
          .filter(suite -> suite.id() == run.suite() && suite.conclusion() != null)
          .forEach(
              suite ->
                  announce(
                      "check_suite",
                      "completed",
                      place -> Map.of("check_suite", shapes.suite(place, suite))));
    }
  }

  private void announce(String event, String action, Function<Place, Map<String, Object>> about) {
    hub.announce(event, action, FakeGitHub.LOGIN, about);
  }

  private Map<String, Object> shape(Place place, Run run) {
    return shapes.run(place, run);
  }

  Optional<Run> run(long id) {
    return Optional.ofNullable(runs.get(id));
  }

  /** The id of the app's suite for the commit, which begins with its first run. */
  long suite(String sha, String app) {
    return suites
        .computeIfAbsent(new SuiteKey(app, sha), missing -> new Begun(hub.nextId(), hub.now()))
        .id();
  }

  /** In the order in which they began. */
  List<Suite> suites(String sha) {
    return suites.entrySet().stream()
        .filter(entry -> entry.getKey().sha().equals(sha))
        .map(entry -> suite(entry.getKey(), entry.getValue()))
        .toList();
  }

  Optional<Suite> suite(long id) {
    return suites.entrySet().stream()
        .filter(entry -> entry.getValue().id() == id)
        .map(entry -> suite(entry.getKey(), entry.getValue()))
        .findFirst();
  }

  private Suite suite(SuiteKey key, Begun begun) {
    List<Run> of = newestRuns(key.sha()).stream().filter(run -> run.suite() == begun.id()).toList();
    boolean ended = !of.isEmpty() && of.stream().allMatch(run -> run.conclusion() != null);
    String status =
        ended
            ? "completed"
            : of.stream().anyMatch(run -> !run.status().equals("queued"))
                ? "in_progress"
                : "queued";
    String worst =
        ended
            ? CONCLUSIONS.stream()
                .filter(word -> of.stream().anyMatch(run -> word.equals(run.conclusion())))
                .findFirst()
                .orElse("success")
            : null;
    return new Suite(begun.id(), key.sha(), key.app(), status, worst, begun.at(), of.size());
  }

  /** Newest first. */
  List<Status> statuses(String sha) {
    List<Status> found =
        new ArrayList<>(statuses.stream().filter(status -> status.sha().equals(sha)).toList());
    Collections.reverse(found);
    return found;
  }

  /** The newest status of each context. */
  List<Status> newestStatuses(String sha) {
    Map<String, Status> newest = new LinkedHashMap<>();
    statuses(sha).forEach(status -> newest.putIfAbsent(status.context(), status));
    return List.copyOf(newest.values());
  }

  /** Newest first. */
  List<Run> runs(String sha) {
    List<Run> found =
        new ArrayList<>(runs.values().stream().filter(run -> run.sha().equals(sha)).toList());
    Collections.reverse(found);
    return found;
  }

  /** The newest run of each name and app. */
  List<Run> newestRuns(String sha) {
    Map<String, Run> newest = new LinkedHashMap<>();
    runs(sha).forEach(run -> newest.putIfAbsent(run.app() + " " + run.name(), run));
    return List.copyOf(newest.values());
  }

  /** Context or check name to success, failure or pending. */
  Map<String, String> states(String sha) {
    Map<String, String> states = new LinkedHashMap<>();
    for (Status status : newestStatuses(sha)) {
      states.put(status.context(), status.state().equals("error") ? "failure" : status.state());
    }
    // Of one name reported both ways the worse one counts.
    runStates(sha)
        .forEach(
            (name, state) ->
                states.merge(name, state, (one, other) -> one.equals("success") ? other : one));
    return states;
  }

  /** The same of check runs alone. */
  Map<String, String> runStates(String sha) {
    Map<String, String> states = new LinkedHashMap<>();
    for (Run run : newestRuns(sha)) {
      String state =
          run.conclusion() == null
              ? "pending"
              : GREEN.contains(run.conclusion()) ? "success" : "failure";
      states.merge(run.name(), state, (one, other) -> one.equals("success") ? other : one);
    }
    return states;
  }
}
