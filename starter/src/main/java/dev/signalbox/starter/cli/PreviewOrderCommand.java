package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.preview.PreviewOrder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Wants something of one preview, and may stay until it is so. */
abstract class PreviewOrderCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "pr-N", description = "The pull request.")
  String target;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      converter = ReasonWords.class,
      description = "Why; it stays on record.")
  String reason;

  @Mixin WaitOption waiting = new WaitOption();

  private final PreviewOrder.Kind kind;

  PreviewOrderCommand(Surroundings surroundings, PreviewOrder.Kind kind) {
    super(surroundings);
    this.kind = kind;
  }

  /** The commit that is meant; null = the newest one. */
  String commit() {
    return null;
  }

  /** Waits for what was wanted, and answers the exit code. */
  abstract int await(PreviewFollowing following, Instant deadline);

  @Override
  void check(PipelineFile pipelines) {
    Targets.pull(target);
    requirePreviews(pipelines);
  }

  /**
   * @throws TroubleException exit 2, when the file has no previews
   */
  static void requirePreviews(PipelineFile pipelines) {
    if (pipelines.previews().previews() == null) {
      throw new TroubleException(
          Trouble.usage(
              "Reading how previews are made",
              "signalbox.toml",
              "it has no [previews]",
              "Add [previews] with base = \"<environment>\""
                  + " (docs/reference/configuration.md)."));
    }
  }

  /** Refuses when no worker would take what is sent. */
  static void requireWorker(SignalboxClient client, PipelineFile pipelines) {
    String base = pipelines.previews().previews().base();
    if (client.ledger(base).isEmpty()) {
      throw client.withoutWorker("request", EnvironmentWorkflow.id(client.project(), base));
    }
  }

  @Override
  final int run(SignalboxClient client, PipelineFile pipelines) {
    int number = Targets.pull(target);
    requireWorker(client, pipelines);
    RequestAnswer answer = client.previews().request(number, order(client.previews().id(number)));
    boolean refused = answer.outcome() == Outcome.REFUSED;
    if (waiting.longest().isEmpty() || refused) {
      printer().object(object(answer));
      printer()
          .line(
              (refused ? "refused: " : "")
                  + answer.message()
                  + (answer.id() == null ? "" : "  " + answer.id()));
      return refused ? Exit.NOT_SO : Exit.DONE;
    }
    printer().aside(answer.message() + "  " + answer.id());
    return await(
        new PreviewFollowing(client.previews(), number, answer.revision(), printer(), noInput),
        Instant.now().plus(waiting.longest().get()));
  }

  private PreviewOrder order(String id) {
    PreviewOrder order =
        new PreviewOrder(
            surroundings.decisionId(),
            kind,
            Person.named(null, surroundings),
            reason,
            commit(),
            surroundings.door(),
            null,
            null);
    return surroundings.heard() == null ? order : surroundings.heard().sender().signed(id, order);
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
