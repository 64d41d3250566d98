package dev.signalbox.sandbox.github;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  private final Hub hub;
  private final List<Status> statuses = new ArrayList<>();
  private final Map<Long, Run> runs = new LinkedHashMap<>();
  private final Map<String, Long> suites = new LinkedHashMap<>();

  Checks(Hub hub) {
    this.hub = hub;
  }

  void add(Status status) {
    statuses.add(status);
  }

  void put(Run run) {
    runs.put(run.id(), run);
  }

  Optional<Run> run(long id) {
    return Optional.ofNullable(runs.get(id));
  }

  long suite(String sha, String app) {
    return suites.computeIfAbsent(app + " " + sha, missing -> hub.nextId());
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
    for (Run run : newestRuns(sha)) {
      String state =
          run.conclusion() == null
              ? "pending"
              : GREEN.contains(run.conclusion()) ? "success" : "failure";
      // Of one name reported both ways the worse one counts.
      states.merge(run.name(), state, (one, other) -> one.equals("success") ? other : one);
    }
    return states;
  }
}
