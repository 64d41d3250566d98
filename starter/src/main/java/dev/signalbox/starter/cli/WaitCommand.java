package dev.signalbox.starter.cli;

import dev.signalbox.starter.Pause;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.arrival.ArrivalReport;
import dev.signalbox.workflows.arrival.ArrivalReport.State;
import dev.signalbox.workflows.arrival.ArrivalRequest;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

  @Parameters(
      index = "0",
      paramLabel = "COMMIT|pr-N",
      description = "7 to 40 hex of the commit, or a preview.")
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
      description =
          "Wait for this service alone, and print its address; else for all of them, and the"
              + " address is that of the last one in the order of deployment.")
  String service;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "10m",
      converter = WaitOption.Converter.class,
      description = "How long at most; ${DEFAULT-VALUE} unless said.")
  Duration timeout;

  /** What was told last. */
  private String told = "";

  /** What was seen last. */
  private String seen = "nothing was seen";

  /** When everybody whom a look needs answered last; null = not yet. */
  private Instant answered;

  WaitCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void check(PipelineFile pipelines) {
    if (Targets.preview(commit)) {
      PreviewOrderCommand.requirePreviews(pipelines);
    } else {
      commit = Targets.commit(commit);
    }
  }

  /** Until the preview is at the newest commit of its pull request. */
  private int preview(SignalboxClient client, PipelineFile pipelines) {
    int number = Targets.pull(commit);
    Targets.requireService(pipelines, pipelines.previews().previews().base(), service);
    PreviewOrderCommand.requireWorker(client, pipelines);
    client.previews().look(number);
    return new PreviewFollowing(client.previews(), number, null, printer(), noInput)
        .asWait(service)
        .untilReady(deadline());
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    if (Targets.preview(commit)) {
      return preview(client, pipelines);
    }
    Instant deadline = deadline();
    client.endsAt(deadline);
    String where = null;
    while (true) {
      try {
        if (where == null) {
          where = environment(client, pipelines);
          Targets.requireService(pipelines, where, service);
        }
        Optional<Integer> end = look(client, where, deadline);
        if (end.isPresent()) {
          return end.get();
        }
        answered = Instant.now();
      } catch (TroubleException silence) {
        bear(client, silence, deadline);
      }
      if (over(deadline)) {
        return end("timedOut", where, null, "not live and verified in time: " + seen, Map.of());
      }
      Pause.of(PAUSE);
    }
  }

  /**
   * Counted from when the command was given: a slow start, and an engine that is slow to answer,
   * take of the time that was said. One look there is in any case.
   */
  private Instant deadline() {
    Instant said = surroundings.started().plus(timeout);
    Instant oneLook = Instant.now().plus(PAUSE);
    return said.isBefore(oneLook) ? oneLook : said;
  }

  /** Whether another look would come too late. */
  private static boolean over(Instant deadline) {
    return !Instant.now().plus(PAUSE).isBefore(deadline);
  }

  /** Who was there once may be away for a while; and what our time cut short is no trouble. */
  private void bear(SignalboxClient client, TroubleException silence, Instant deadline) {
    boolean away = silence.trouble().code() == Exit.NOT_REACHED;
    boolean patient = answered != null && answered.plus(LONGEST_SILENCE).isAfter(Instant.now());
    if (!away || !(patient || over(deadline))) {
      throw silence;
    }
    if (answered == null) {
      // Our own time cut the call short, so that no worker can be said to be away.
      seen =
          client.workerless()
              ? "no answer came within " + DurationText.of(timeout)
              : silence.trouble().answer();
    } else if (!over(deadline)) {
      tell("no answer at the moment: " + silence.trouble().answer());
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
    LedgerStatus ledger = ledger(client, where);
    Optional<LiveSet> live = live(ledger);
    Optional<String> run = live.isPresent() ? Optional.empty() : run(ledger);
    Optional<OurRun> ours = run.map(id -> OurRun.of(client, id));
    if (ours.filter(OurRun::underWay).isPresent()) {
      saw(ours.get().sentence());
      return Optional.empty();
    }
    // A run of ours that failed is not the last word: somebody may have deployed the commit since.
    Optional<String> failure = ours.filter(OurRun::failed).map(OurRun::sentence);
    ArrivalReport report =
        client.arrival(
            new ArrivalRequest(
                client.project(),
                where,
                live.map(LiveSet::revision).orElse(commit),
                live.map(LiveSet::mergeCommit).stream().toList(),
                live.map(WaitCommand::recorded).orElse(List.of()),
                service,
                failure.isPresent() ? Duration.ZERO : round(deadline)));
    if (report.state() == State.ARRIVED) {
      String detail =
          report.detail() + failure.map(earlier -> " (an earlier run: " + earlier + ")").orElse("");
      return Optional.of(end("live", where, report.revision(), detail, report.urls()));
    }
    String behind = client.behind(where, report.revision());
    if (!behind.equals(report.revision())) {
      // A merge of ours that is live no more: what became of it stands under the other name.
      commit = behind;
      return look(client, where, deadline);
    }
    if (report.state() == State.NOT_YET && failure.isEmpty()) {
      saw(report.detail());
      return Optional.empty();
    }
    String detail =
        failure.orElse(
            report.detail()
                + TakenBack.sentence(ledger, commit)
                    .or(() -> ours.map(OurRun::sentence))
                    .map(before -> " (" + before + ")")
                    .orElse(""));
    return Optional.of(end("failed", where, report.revision(), detail, report.urls()));
  }

  /** The first look is answered at once, so that a person hears soon who is away. */
  private Duration round(Instant deadline) {
    if (answered == null) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(Instant.now(), deadline).minus(PAUSE);
    return left.isNegative() ? Duration.ZERO : left.compareTo(ROUND) < 0 ? left : ROUND;
  }

  /** The ledger's record of this commit as what is live there. */
  private Optional<LiveSet> live(LedgerStatus ledger) {
    return Optional.ofNullable(ledger.live())
        .filter(
            set ->
                set.revision().startsWith(commit)
                    || (set.mergeCommit() != null && set.mergeCommit().startsWith(commit)));
  }

  /** The deployments of the set that are as the commit wants them. */
  private static List<String> recorded(LiveSet set) {
    return set.deployments().stream()
        .filter(deployment -> !set.apart().contains(deployment.service()))
        .map(ServiceDeployment::id)
        .toList();
  }

  /** The newest run of this commit: one under way, else one that has ended. */
  private Optional<String> run(LedgerStatus ledger) {
    List<String> oldestFirst = new ArrayList<>();
    ledger.runs().forEach(entry -> oldestFirst.add(entry.id()));
    Stream.ofNullable(ledger.holder())
        .map(LedgerStatus.Holder::workflowId)
        .forEach(oldestFirst::add);
    oldestFirst.addAll(ledger.waiting());
    return oldestFirst.stream()
        .filter(id -> id.substring(id.lastIndexOf('/') + 1).startsWith(commit))
        .reduce((older, newer) -> newer);
  }

  private void saw(String news) {
    seen = news;
    tell(news);
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
    printer().aside((where == null ? commit : where) + ": " + detail);
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
