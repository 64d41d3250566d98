package dev.signalbox.starter.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.starter.IncidentClient.Known;
import dev.signalbox.starter.MonitorClient;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.clock.ClockTimes;
import dev.signalbox.workflows.monitor.IncidentState;
import dev.signalbox.workflows.monitor.MonitorState;
import dev.signalbox.workflows.monitor.State;
import dev.signalbox.workflows.release.Moments;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Production goes down and comes back: one issue, opened and closed by itself. */
final class MonitorAct extends Act {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final ClockTimes TIMES = new ClockTimes("* * * * *", "UTC");
  private static final String CLOSED = "closed";
  private static final String TITLE = "Production Deployment Health Check Failed";
  private static final int WELL = 200;
  private static final int BROKEN = 503;
  private static final String FILE =
      """
      [monitor.production]
      every = "1m"
      interval = "5s"
      settle = "5s"
      """;

  MonitorAct() {
    super(6, "monitor", "Production goes down and comes back: one issue, opened and closed");
  }

  @Override
  String expected() {
    return CLOSED;
  }

  @Override
  public ActResult play(Stage stage, Telling telling, boolean manual) {
    Instant began = Instant.now();
    int journal = stage.sandbox().journal().last();
    stage.configure("\n[archive]", "\n" + FILE + "\n[archive]");
    telling.line("signalbox.toml now says:");
    telling.report(FILE.strip());
    telling.command("signalbox monitor start " + Stage.PRODUCTION);
    MonitorClient monitor = stage.client().monitor(Stage.PRODUCTION);
    telling.line("the first round begins at " + Moments.text(monitor.start(TIMES).next()));
    IncidentState end;
    try {
      until(
          "a round in which all is up",
          () -> known(monitor::state).filter(MonitorAct::looksWell).isPresent());
      telling.line("everything is up by the first round");
      end = outage(stage, telling);
    } finally {
      telling.command("signalbox monitor stop " + Stage.PRODUCTION);
      monitor.stop();
    }
    return new ActResult(
        number,
        name,
        "incident/" + Stage.PROJECT + "/" + Stage.PRODUCTION,
        ServiceAnswer.ofProduction(stage).version(),
        CLOSED,
        expected(),
        ServiceAnswer.ofProduction(stage).version(),
        Effects.since(stage, journal),
        Duration.between(began, Instant.now()).toMillis() / 1000.0,
        objection(stage, end).orElse(null));
  }

  private static boolean looksWell(MonitorState state) {
    return !state.standings().isEmpty()
        && state.standings().stream().allMatch(one -> one.state() == State.UP);
  }

  private static IncidentState outage(Stage stage, Telling telling) {
    answer(stage, BROKEN);
    telling.line("production's backend answers 503 from now on");
    Known known = await(stage, "an issue", one -> one.state().issue() != 0);
    ServiceAnswer issue = issue(stage, known.state());
    telling.line(
        "issue #%d: %s  %s"
            .formatted(known.state().issue(), issue.at("/title"), known.state().url()));
    telling.report(issue.at("/body").replaceAll("\\s*<!--.*?-->\\s*", ""));
    answer(stage, WELL);
    telling.line("the backend answers 200 again");
    IncidentState end = await(stage, "the end of the incident", one -> !one.goesOn()).state();
    telling.command("signalbox incident show " + Stage.PRODUCTION);
    end.timeline().forEach(entry -> telling.line(Moments.text(entry.at()) + "  " + entry.words()));
    telling.line("issue #" + end.issue() + " is " + issue(stage, end).at("/state"));
    return end;
  }

  private static void answer(Stage stage, int status) {
    stage
        .sandbox()
        .railway()
        .behave(
            Stage.PRODUCTION,
            "backend",
            JsonNodeFactory.instance.objectNode().put("health", status));
  }

  private static Optional<String> objection(Stage stage, IncidentState end) {
    ServiceAnswer all = github(stage, "/issues?state=all&labels=deployment-alert&per_page=100");
    List<String> wrong = new ArrayList<>();
    ServiceAnswer issue = issue(stage, end);
    if (!TITLE.equals(issue.at("/title"))) {
      wrong.add("the issue is called " + issue.at("/title"));
    }
    if (!CLOSED.equals(issue.at("/state"))) {
      wrong.add("the issue is " + issue.at("/state"));
    }
    if (!all.at("/1/number").isEmpty()) {
      wrong.add("there is a second issue: #" + all.at("/1/number"));
    }
    return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
  }

  private static Known await(Stage stage, String what, Predicate<Known> wanted) {
    List<Known> seen = new ArrayList<>();
    until(
        what,
        () -> {
          known(() -> stage.client().incidents().newest(Stage.PRODUCTION))
              .filter(wanted)
              .ifPresent(seen::add);
          return !seen.isEmpty();
        });
    return seen.get(0);
  }

  private static void until(String what, BooleanSupplier so) {
    Instant deadline = Instant.now().plus(LONGEST);
    while (!so.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(what + " did not come in time");
      }
      Pauses.shortly();
    }
  }

  /** Who does not answer is asked again. */
  private static <T> Optional<T> known(Supplier<Optional<T>> asked) {
    try {
      return asked.get();
    } catch (TroubleException noWorker) {
      return Optional.empty();
    }
  }

  private static ServiceAnswer issue(Stage stage, IncidentState state) {
    return github(stage, "/issues/" + state.issue());
  }

  private static ServiceAnswer github(Stage stage, String path) {
    return ServiceAnswer.of(
        URI.create(
            stage.sandbox().githubUrl() + "/repos/" + stage.sandbox().repositoryName() + path),
        stage.sandbox().githubToken());
  }
}
