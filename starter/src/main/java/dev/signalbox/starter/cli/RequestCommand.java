package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.starter.engine.Engine;
import dev.signalbox.workers.Wiring;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a ledger for something that takes a while, and may stay until it is done. */
abstract class RequestCommand extends EngineCommand {
  @Parameters(
      index = "0",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "The environment.")
  String environment;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      converter = ReasonWords.class,
      description = "Why; it stays on record.")
  String reason;

  @Mixin WaitOption waiting = new WaitOption();

  RequestCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** Whether the command may bring its own engine when none runs. */
  abstract boolean mayStartEngine();

  /** Sends the request. */
  abstract RequestAnswer request(SignalboxClient client);

  /** How the run of this answer may end for {@code --wait} to answer 0. */
  Set<Result> good(RequestAnswer answer) {
    return Set.of(Result.LIVE);
  }

  /** Refuses what the file alone shows to be wrong. */
  void check(PipelineFile pipelines) {}

  /** Asks what needs the ledger to be asked. */
  void choose(SignalboxClient client) {}

  /**
   * Asks what must be asked before anything is sent; throws when the answer is no.
   *
   * @return whether a person was asked, who took their own time to answer
   */
  boolean confirm() {
    return false;
  }

  @Override
  final int run() {
    PipelineFile pipelines = pipelines();
    requireEnvironment(pipelines, environment);
    check(pipelines);
    Instant asked = confirm() ? Instant.now() : surroundings.started();
    try (Engine engine = engine()) {
      SignalboxClient client = client(engine, pipelines, asked);
      choose(client);
      RequestAnswer answer = request(client);
      if (waiting.longest().isEmpty()
          || answer.id() == null
          || answer.outcome() == Outcome.REFUSED
          || answer.outcome() == Outcome.ALREADY_THERE) {
        return atOnce(answer);
      }
      ProgressView view = view(answer.id());
      view.note(answer.message() + "  " + answer.id());
      return new Following(
              client, answer, environment, printer(), view, good(answer), engine.inProcess())
          .until(waiting.longest().get(), noInput);
    }
  }

  private ProgressView view(String id) {
    boolean live = surroundings.screen() && !printer().json();
    return live
        ? new LiveView(
            surroundings.out(),
            new Screen(() -> ScreenSize.now(surroundings.environment()), Instant::now),
            new ProgressTable(surroundings.colours()))
        : new EventView(id, printer(), Instant::now);
  }

  private Engine engine() {
    return mayStartEngine() && waiting.longest().isPresent()
        ? OwnEngine.connectOrStart(this, Wiring.Purpose.EVERYTHING)
        : runningEngine();
  }

  private int atOnce(RequestAnswer answer) {
    boolean refused = answer.outcome() == Outcome.REFUSED;
    if (waiting.longest().isPresent()) {
      Map<String, Object> result =
          Following.result(
              answer.id(), answer.revision(), refused ? "refused" : "live", null, null);
      result.put("detail", answer.message());
      printer().object(result);
    } else {
      printer().object(object(answer));
    }
    printer()
        .line(
            (refused ? "refused: " : "")
                + answer.message()
                + (answer.id() == null ? "" : "  " + answer.id()));
    return refused ? Exit.NOT_SO : Exit.DONE;
  }

  private static Map<String, Object> object(RequestAnswer answer) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", answer.id());
    shown.put("revision", answer.revision());
    shown.put("outcome", answer.outcome());
    shown.put("message", answer.message());
    return shown;
  }
}
