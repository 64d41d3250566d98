package dev.signalbox.starter.cli;

import dev.signalbox.starter.Pause;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.logs.LogsReport;
import dev.signalbox.workflows.logs.LogsReport.Line;
import dev.signalbox.workflows.logs.LogsRequest;
import dev.signalbox.workflows.preview.PreviewStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the services of an environment write. */
@Command(
    name = "logs",
    description =
        "What the services of an environment write, oldest first; what looks like a secret is ***.")
final class LogsCommand extends ClientCommand {
  private static final Duration ROUND = Duration.ofSeconds(20);

  /** A worker that is restarted meanwhile is no reason to leave. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int MOST_LINES = 1000;

  @Parameters(
      index = "0",
      paramLabel = "ENV|pr-N",
      completionCandidates = EnvironmentNames.class,
      description = "The environment.")
  String environment;

  @Option(names = "--service", paramLabel = "NAME", description = "Only this one; else all.")
  String service;

  @Option(names = "--build", description = "What the newest build wrote.")
  boolean build;

  @Option(
      names = "--lines",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many of each service, 1 to 1000; ${DEFAULT-VALUE} unless said.")
  int lines;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = WaitOption.Converter.class,
      description = "Only what is younger (90s, 15m, 1h).")
  Duration since;

  @Option(names = "--follow", description = "Go on with what comes, until interrupted.")
  boolean follow;

  private final Set<Line> told = new HashSet<>();
  private final Set<String> remarked = new HashSet<>();
  private Instant newest;

  LogsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    String ruledBy = ruledBy(pipelines);
    Targets.requireService(pipelines, ruledBy, service);
    Targets.requireNumber("--lines", lines, 1, MOST_LINES);
    // Without a worker nobody would read them either.
    var unused = ledger(client, ruledBy);
    Optional<String> place = place(client);
    if (place.isEmpty()) {
      printer().aside(environment + " has no environment; `signalbox preview why` says why");
      return Exit.NOT_SO;
    }
    newest = since == null ? null : Instant.now().minus(since);
    boolean all = service == null && pipelines.pipeline(ruledBy).services().size() > 1;
    Reading reading =
        (most, patience) ->
            client.logs(
                new LogsRequest(
                    client.project(),
                    place.get(),
                    service,
                    build,
                    most,
                    newest,
                    patience,
                    ruledBy.equals(environment) ? null : ruledBy));
    tell(reading.read(lines, Duration.ZERO), all);
    if (told.isEmpty() && remarked.isEmpty()) {
      printer().aside("there are no such lines");
    }
    if (follow) {
      follow(reading, all);
    }
    // It has nothing that could write: a script must not take that for silence.
    return service != null && told.isEmpty() && !remarked.isEmpty() ? Exit.NOT_SO : Exit.DONE;
  }

  /** Asks for the lines of the newest moment and later. */
  @FunctionalInterface
  private interface Reading {
    LogsReport read(int most, Duration patience);
  }

  /** Until it is interrupted. */
  private void follow(Reading reading, boolean all) {
    Instant answered = Instant.now();
    while (true) {
      try {
        // How many it begins with says nothing of how many may come.
        tell(reading.read(MOST_LINES, ROUND), all);
        answered = Instant.now();
      } catch (TroubleException silence) {
        if (answered.plus(LONGEST_SILENCE).isBefore(Instant.now())) {
          throw silence;
        }
        remark("No answer at the moment. " + silence.trouble().answer());
      }
      Pause.of(PAUSE);
    }
  }

  /** The environment of the file by whose rules it is read: of a preview its base. */
  private String ruledBy(PipelineFile pipelines) {
    if (Targets.preview(environment)) {
      PreviewOrderCommand.requirePreviews(pipelines);
      return pipelines.previews().previews().base();
    }
    requireEnvironment(pipelines, environment);
    return environment;
  }

  /** What it is called at Railway; empty = there is no such preview. */
  private Optional<String> place(SignalboxClient client) {
    if (!Targets.preview(environment)) {
      return Optional.of(environment);
    }
    return client
        .previews()
        .status(Targets.pull(environment))
        .filter(status -> status.environmentId() != null)
        .map(PreviewStatus::environment);
  }

  private void tell(LogsReport report, boolean withService) {
    report.remarks().forEach(this::remark);
    for (Line line : report.lines()) {
      if (!told.add(line)) {
        continue;
      }
      printer().object(object(line));
      printer()
          .line(
              (line.at() == null ? "" : line.at().truncatedTo(ChronoUnit.MILLIS) + "  ")
                  + (withService ? line.service() + "  " : "")
                  + Columns.printable(line.message()));
      if (line.at() != null && (newest == null || line.at().isAfter(newest))) {
        newest = line.at();
      }
    }
    // Lines of the newest moment come again, older ones do not.
    told.removeIf(line -> line.at() != null && newest != null && line.at().isBefore(newest));
  }

  private void remark(String remark) {
    if (remarked.add(remark)) {
      printer().aside(remark);
    }
  }

  private static Map<String, Object> object(Line line) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("at", line.at());
    shown.put("service", line.service());
    shown.put("deployment", line.deployment());
    shown.put("severity", line.severity());
    shown.put("message", line.message());
    return shown;
  }
}
