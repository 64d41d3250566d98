package dev.signalbox.starter.cli;

import dev.signalbox.starter.Pause;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.arrival.ArrivalReport;
import dev.signalbox.workflows.arrival.ArrivalReport.State;
import dev.signalbox.workflows.arrival.ArrivalRequest;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** For scripts: ends when a commit is live and verified, whoever deployed it. */
@Command(
    name = "wait",
    description =
        "Wait until a commit is live and verified, whoever deployed it; prints its address alone.")
final class WaitCommand extends ClientCommand {
  /** One look at Railway and the services; between two of them the ledger is asked. */
  private static final Duration ROUND = Duration.ofSeconds(15);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** A worker that is restarted meanwhile is no reason to fail. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

  @Parameters(index = "0", paramLabel = "COMMIT|pr-N", description = "7 to 40 hex of the commit.")
  String commit;

  @Option(
      names = "--env",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "Where; may be left out where only one can be meant.")
  String environment;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "Whose address is printed; else the last one in the order of deployment.")
  String service;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "10m",
      converter = WaitOption.Converter.class,
      description = "How long at most; ${DEFAULT-VALUE} unless said.")
  Duration timeout;

  private String told = "";

  WaitCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    Targets.requireNoPreview(commit);
    commit = commit.toLowerCase(Locale.ROOT);
    if (!commit.matches("[0-9a-f]{7,40}")) {
      throw new TroubleException(
          Trouble.usage(
              "Understanding the commit",
              commit,
              "it is not 7 to 40 hex digits",
              "Say `signalbox wait $(git rev-parse HEAD) --env NAME`."));
    }
    String where = environment(client, pipelines);
    Targets.requireService(pipelines, where, service);
    Instant deadline = Instant.now().plus(timeout);
    Instant answered = Instant.now();
    boolean everAnswered = false;
    while (true) {
      try {
        Optional<Integer> end = look(client, where, deadline);
        if (end.isPresent()) {
          return end.get();
        }
        everAnswered = true;
        answered = Instant.now();
      } catch (TroubleException silence) {
        boolean away = silence.trouble().code() == Exit.NOT_REACHED;
        boolean patient = everAnswered && answered.plus(LONGEST_SILENCE).isAfter(Instant.now());
        if (!away || !patient) {
          throw silence;
        }
        tell("no answer at the moment: " + silence.trouble().answer());
      }
      if (!Instant.now().isBefore(deadline)) {
        return end("timedOut", where, null, "not live and verified in time: " + told, Map.of());
      }
      Pause.of(PAUSE);
    }
  }

  private String environment(SignalboxClient client, PipelineFile pipelines) {
    if (environment != null) {
      requireEnvironment(pipelines, environment);
      return environment;
    }
    List<String> meant = pipelines.environments();
    if (meant.size() > 1) {
      Map<String, LedgerStatus> ledgers = new Runs(client, pipelines).ledgers(meant);
      meant =
          ledgers.values().stream()
              .filter(ledger -> run(ledger).isPresent() || live(ledger).isPresent())
              .map(LedgerStatus::name)
              .toList();
    }
    if (meant.size() != 1) {
      throw new TroubleException(
          Trouble.usage(
              "Finding the environment",
              commit,
              meant.isEmpty()
                  ? "no ledger knows a run of this commit, so any may be meant"
                  : "several have it: " + String.join(", ", meant),
              "Name one: --env " + String.join(" or --env ", pipelines.environments()) + "."));
    }
    return meant.get(0);
  }

  /** One look; the exit code when it was the last one. */
  private Optional<Integer> look(SignalboxClient client, String where, Instant deadline) {
    LedgerStatus ledger =
        client
            .ledger(where)
            .orElseThrow(
                () ->
                    client.withoutWorker("query", EnvironmentWorkflow.id(client.project(), where)));
    Optional<LiveSet> live = live(ledger);
    Optional<String> run = live.isPresent() ? Optional.empty() : run(ledger);
    if (run.isPresent() && !endedWell(client, run.get())) {
      return followed(client, where, run.get());
    }
    Duration left = Duration.between(Instant.now(), deadline);
    Duration round = left.compareTo(ROUND) < 0 ? left : ROUND;
    ArrivalReport report =
        client.arrival(
            new ArrivalRequest(
                client.project(),
                where,
                live.map(LiveSet::revision).orElse(commit),
                live.map(LiveSet::mergeCommit).stream().toList(),
                round.isNegative() ? Duration.ZERO : round));
    if (report.state() == State.NOT_YET) {
      tell(report.detail());
      return Optional.empty();
    }
    boolean arrived = report.state() == State.ARRIVED;
    return Optional.of(
        end(arrived ? "live" : "failed", where, report.revision(), report.detail(), report.urls()));
  }

  /** Whether it ended well: then what runs now says the rest. */
  private static boolean endedWell(SignalboxClient client, String id) {
    return client
        .standing(id)
        .map(PromotionStatus::result)
        .filter(result -> result.result() == PromotionResult.Result.LIVE)
        .isPresent();
  }

  /** Our own run: its word counts. */
  private Optional<Integer> followed(SignalboxClient client, String where, String id) {
    PromotionStatus status = client.standing(id).orElseThrow(() -> AnswerCommand.unknownRun(id));
    PromotionResult result = status.result();
    if (result == null && client.describe(id).filter(known -> !known.running()).isPresent()) {
      return Optional.of(
          end("failed", where, null, id + " ended without a result: " + status.state(), Map.of()));
    }
    if (result == null) {
      tell(id + " " + status.state());
      return Optional.empty();
    }
    // It went live since it was looked at: the next look asks what runs.
    if (result.result() == PromotionResult.Result.LIVE) {
      return Optional.empty();
    }
    return Optional.of(
        end(
            "failed",
            where,
            result.revision(),
            id + " ended " + result.result().word() + ": " + result.detail(),
            Map.of()));
  }

  /** The ledger's record of this commit as what is live there. */
  private Optional<LiveSet> live(LedgerStatus ledger) {
    return Optional.ofNullable(ledger.live())
        .filter(
            set ->
                set.revision().startsWith(commit)
                    || (set.mergeCommit() != null && set.mergeCommit().startsWith(commit)));
  }

  /** The newest run of this commit: one under way, else one that has ended. */
  private Optional<String> run(LedgerStatus ledger) {
    List<String> oldestFirst = new ArrayList<>();
    ledger.history().forEach(entry -> oldestFirst.add(entry.id()));
    Stream.ofNullable(ledger.holder())
        .map(LedgerStatus.Holder::workflowId)
        .forEach(oldestFirst::add);
    oldestFirst.addAll(ledger.waiting());
    return oldestFirst.stream()
        .filter(id -> id.substring(id.lastIndexOf('/') + 1).startsWith(commit))
        .reduce((older, newer) -> newer);
  }

  private void tell(String news) {
    if (!news.equals(told)) {
      told = news;
      printer().aside(news);
    }
  }

  private int end(
      String state, String where, String revision, String detail, Map<String, String> urls) {
    String url = url(urls);
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("environment", where);
    shown.put("revision", revision == null ? commit : revision);
    shown.put("state", state);
    shown.put("detail", detail);
    shown.put("url", url);
    shown.put("urls", urls);
    printer().object(shown);
    printer().aside(where + ": " + detail);
    if (!state.equals("live")) {
      return state.equals("failed") ? Exit.NOT_SO : Exit.WAITING;
    }
    if (url != null) {
      printer().line(url);
    }
    return Exit.DONE;
  }

  private String url(Map<String, String> urls) {
    if (service != null) {
      return urls.get(service);
    }
    return urls.values().stream().reduce((earlier, last) -> last).orElse(null);
  }
}
