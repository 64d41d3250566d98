package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.Durations;
import dev.signalbox.sandbox.git.GitRepository;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * The repository's CI, as far as the sandbox plays it: {@code checks = { python-ci = "success" }}
 * in a {@code sandbox.toml} at the root or in a top-level directory of a pushed commit gives a
 * check run of that name, by the app {@code github-actions}, which starts at the push and ends
 * after {@code checks_after} (default 0.2 s).
 */
final class ReportedChecks {

  private static final Logger log = LoggerFactory.getLogger(ReportedChecks.class);
  private static final String FILE = "sandbox.toml";
  private static final String APP = "github-actions";
  private static final Duration AFTER = Duration.ofMillis(200);
  private static final Set<String> CONCLUSIONS =
      Set.of("success", "failure", "neutral", "skipped", "cancelled", "timed_out");

  private record Wanted(String conclusion, Duration after) {}

  private final Hub hub;
  private final GitRepository repository;
  private final Checks checks;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sandbox-checks");
            thread.setDaemon(true);
            return thread;
          });

  ReportedChecks(Hub hub, Checks checks) {
    this.hub = hub;
    this.repository = hub.repository();
    this.checks = checks;
  }

  /** What every app has reported of the commit, by name. */
  Map<String, String> states(String sha) {
    return checks.runStates(sha);
  }

  /** Reports once per commit, whichever branches it reaches. */
  void pushed(String sha) {
    repository.locked(
        () -> {
          if (checks.runs(sha).stream().noneMatch(run -> run.app().equals(APP))) {
            wanted(sha).forEach((name, wanted) -> begin(sha, name, wanted));
          }
          return null;
        });
  }

  private void begin(String sha, String name, Wanted wanted) {
    Checks.Run run =
        new Checks.Run(
            hub.nextId(),
            sha,
            name,
            "in_progress",
            null,
            null,
            null,
            Map.of(),
            APP,
            checks.suite(sha, APP),
            hub.now(),
            null);
    checks.put(run);
    if (!CONCLUSIONS.contains(wanted.conclusion())) {
      return;
    }
    if (wanted.after().isZero()) {
      complete(sha, name, wanted.conclusion());
      return;
    }
    ScheduledFuture<?> ignored =
        later.schedule(
            () -> completeIfRunning(run.id(), wanted.conclusion()),
            wanted.after().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void completeIfRunning(long id, String conclusion) {
    repository.locked(
        () -> {
          checks
              .run(id)
              .filter(run -> run.conclusion() == null)
              .ifPresent(run -> checks.put(run.ended(conclusion, hub.now())));
          return null;
        });
  }

  /** Ends the run of that name, making it first if there is none. */
  void complete(String sha, String name, String conclusion) {
    repository.locked(
        () -> {
          Optional<Checks.Run> present =
              checks.newestRuns(sha).stream().filter(run -> run.name().equals(name)).findFirst();
          if (present.isEmpty()) {
            begin(sha, name, new Wanted("pending", Duration.ZERO));
            complete(sha, name, conclusion);
          } else {
            checks.put(present.get().ended(conclusion, hub.now()));
          }
          return null;
        });
  }

  void stop() {
    later.shutdownNow();
  }

  private Map<String, Wanted> wanted(String sha) {
    List<String> files = new ArrayList<>(List.of(FILE));
    repository.topLevelDirectories(sha).forEach(name -> files.add(name + "/" + FILE));
    Map<String, Wanted> wanted = new LinkedHashMap<>();
    for (String file : files) {
      repository
          .read(sha, file)
          .ifPresent(text -> read(file, new String(text, StandardCharsets.UTF_8), wanted));
    }
    return wanted;
  }

  private static void read(String file, String text, Map<String, Wanted> wanted) {
    TomlParseResult toml = Toml.parse(text);
    if (toml.hasErrors()) {
      log.warn("no checks from file={} problem={}", file, toml.errors().get(0).toString());
      return;
    }
    TomlTable named = toml.getTable("checks");
    if (named == null) {
      return;
    }
    Duration after = after(file, toml);
    for (String name : named.keySet()) {
      Object conclusion = named.get(List.of(name));
      if (!CONCLUSIONS.contains(conclusion) && !"pending".equals(conclusion)) {
        log.warn(
            "check={} of file={} stays in progress: conclusion={} is none of {} or pending",
            name,
            file,
            conclusion,
            CONCLUSIONS);
      }
      wanted.put(name, new Wanted(String.valueOf(conclusion), after));
    }
  }

  /** A number of seconds, or a duration as people write them. */
  private static Duration after(String file, TomlTable toml) {
    Object value = toml.get("checks_after");
    if (value instanceof Number seconds) {
      return Duration.ofMillis(Math.round(seconds.doubleValue() * 1000));
    }
    if (value instanceof String text) {
      try {
        return Durations.parse(text);
      } catch (IllegalArgumentException problem) {
        log.warn("checks_after of file={}: {}", file, problem.getMessage());
      }
    }
    return AFTER;
  }
}
