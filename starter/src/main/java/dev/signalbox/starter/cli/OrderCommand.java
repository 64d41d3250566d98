package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.LedgerOrder;
import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import dev.signalbox.workflows.environment.OrderAnswer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Orders something of an environment: it holds until somebody takes it back. */
abstract class OrderCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "The environment.")
  String environment;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      converter = ReasonWords.class,
      description = "Why; it stays on record.")
  String reason;

  @Option(
      names = "--as",
      paramLabel = "PERSON",
      converter = Words.class,
      description = "Who orders it; else SIGNALBOX_USER, else git's user.email.")
  String person;

  OrderCommand(Surroundings surroundings) {
    super(surroundings);
  }

  abstract Kind kind();

  /** When it ends by itself; null = it does not. */
  Instant until() {
    return null;
  }

  /** Of a lock. */
  boolean untilMerged() {
    return false;
  }

  /** Of a quarantine: 7 to 40 hex. */
  String commit() {
    return null;
  }

  /** Of an unquarantine: 7 to 40 hex; null = it is let out. */
  String mended() {
    return null;
  }

  /** Of an override: the run. */
  String promotion(SignalboxClient client, PipelineFile pipelines) {
    return null;
  }

  @Override
  void check(PipelineFile pipelines) {
    requireEnvironment(pipelines, environment);
    until();
    commit();
    mended();
  }

  @Override
  final int run(SignalboxClient client, PipelineFile pipelines) {
    LedgerOrder order =
        new LedgerOrder(
            surroundings.decisionId(),
            kind(),
            Person.named(person, surroundings),
            reason,
            surroundings.door(),
            null,
            until(),
            untilMerged(),
            commit(),
            promotion(client, pipelines),
            mended());
    Optional<OrderAnswer> answer =
        surroundings.heard() == null ? client.order(environment, order) : leave(client, order);
    printer().object(object(order, answer));
    if (answer.isEmpty()) {
      printer()
          .line(
              "recorded: the ledger of "
                  + environment
                  + " will judge it when a worker runs (start `signalbox worker`;"
                  + " `signalbox status` shows the outcome)");
      return Exit.WAITING;
    }
    printer().line(sentence(answer.get()));
    return exit(answer.get());
  }

  /** The exit code that the ledger's answer means. */
  static int exit(OrderAnswer answer) {
    return !answer.counted() ? Exit.NOT_SO : answer.queued() ? Exit.WAITING : Exit.DONE;
  }

  // It must not be lost: first it is the engine's, and what it came to is told afterwards.
  private Optional<OrderAnswer> leave(SignalboxClient client, LedgerOrder order) {
    String ledger = EnvironmentWorkflow.id(client.project(), environment);
    client.leave(environment, surroundings.heard().sender().signed(ledger, order));
    surroundings.heard().left().accept(ledger, order.decisionId());
    return Optional.empty();
  }

  /** What the ledger answered, for people. */
  static String sentence(OrderAnswer answer) {
    return (!answer.counted() ? "refused: " : answer.queued() ? "waits: " : "") + answer.message();
  }

  private Map<String, Object> object(LedgerOrder order, Optional<OrderAnswer> answer) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("environment", environment);
    shown.put("decisionId", order.decisionId());
    shown.put("order", order.kind());
    shown.put("person", order.person());
    shown.put("recorded", true);
    answer.ifPresent(
        known -> {
          shown.put("counted", known.counted());
          shown.put("queued", known.queued());
        });
    shown.put(
        "message", answer.map(OrderAnswer::message).orElse("recorded, and no worker has answered"));
    return shown;
  }
}
