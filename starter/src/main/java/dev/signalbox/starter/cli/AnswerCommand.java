package dev.signalbox.starter.cli;

import dev.signalbox.starter.Decided;
import dev.signalbox.starter.Described;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.starter.gateway.Commands;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.approval.DecisionReply;
import dev.signalbox.workflows.promotion.PromotionStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A person's answer to something that a run asks. */
abstract class AnswerCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      completionCandidates = EnvironmentNames.class,
      description = "Full id, environment (its newest that asks), or the start of a revision.")
  String run;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      converter = ReasonWords.class,
      description = "Why; it stays on record.")
  String reason;

  AnswerCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** Null where nobody at a door gave one. */
  final String reason() {
    return surroundings.heard() != null && Commands.NO_REASON.equals(reason) ? null : reason;
  }

  /** What sort of ask this answers. */
  abstract Ask.Kind kind();

  /** The command that says the same of a full id, which stands for {@code %s}. */
  abstract String command();

  /** The decision to send to the run of this id. */
  abstract DecideMessage message(SignalboxClient client, String workflowId, String decisionId);

  @Override
  final int run(SignalboxClient client, PipelineFile pipelines) {
    String id =
        new Runs(client, pipelines)
            .findWithOrWithoutWorker(
                run,
                candidate -> asks(client, candidate),
                kind() == Ask.Kind.APPROVAL ? "approval" : null,
                command() + " --reason \"WHY\"");
    DecideMessage message = message(client, id, surroundings.decisionId());
    Decided decided = decide(client, id, message);
    Optional<DecisionReply> reply = decided.reply();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", id);
    answer.put("decisionId", decided.decisionId());
    answer.put("verdict", message.verdict());
    answer.put("person", message.person());
    answer.put("recorded", true);
    reply.ifPresent(known -> answer.put("counted", known.counted()));
    answer.put(
        "message",
        reply.map(DecisionReply::message).orElse("recorded, and no worker has answered"));
    printer().object(answer);
    if (reply.isEmpty()) {
      printer()
          .line(
              "recorded: "
                  + id
                  + " will judge it when a worker runs (start `signalbox worker`;"
                  + " `signalbox why` shows the outcome)");
      return Exit.WAITING;
    }
    printer().line((reply.get().counted() ? "counted: " : "refused: ") + reply.get().message());
    return reply.get().counted() ? Exit.DONE : Exit.NOT_SO;
  }

  private Decided decide(SignalboxClient client, String id, DecideMessage message) {
    if (surroundings.heard() == null) {
      return client.decide(id, message);
    }
    // It must not be lost: first it is the engine's, and what it came to is told afterwards.
    Decided left =
        client.leave(
            id,
            surroundings.heard().sender().signed(id, message.about(openAsk(client, id, message))));
    if (left.reply().isEmpty()) {
      surroundings.heard().left().accept(id, left.decisionId());
      return left;
    }
    return new Decided(
        left.decisionId(), judgedBefore(client, id, left.decisionId()).or(left::reply));
  }

  /** What became of it when it came first, to a run that has ended by now. */
  private static Optional<DecisionReply> judgedBefore(
      SignalboxClient client, String id, String decisionId) {
    try {
      return client.standing(id).stream()
          .flatMap(status -> status.decisions().stream())
          .filter(one -> decisionId.equals(one.decisionId()))
          .findFirst()
          .map(
              one ->
                  new DecisionReply(
                      one.counted(),
                      one.counted() ? one.verdict() + " by " + one.person() : one.remark()));
    } catch (TroubleException nobodyAnswers) {
      return Optional.empty();
    }
  }

  /** What the engine alone knows of a run, where it says that it waits for approval. */
  static Optional<Described> waiting(SignalboxClient client, String id) {
    return client
        .describe(id)
        .filter(run -> run.running() && run.stage().filter("approval"::equals).isPresent());
  }

  /** The ask that the answer means; null = none that it can mean, and no proof of it holds. */
  private String openAsk(SignalboxClient client, String id, DecideMessage message) {
    if (message.ask() != null || message.question() != null) {
      return message.ask();
    }
    Optional<String> noted =
        kind() == Ask.Kind.APPROVAL
            ? waiting(client, id).flatMap(Described::ask)
            : Optional.empty();
    return noted.isPresent()
        ? noted.get()
        : onlyOne(
            client.standing(id).stream()
                .flatMap(status -> status.asks().stream())
                .filter(ask -> ask.answers().contains(message.verdict()))
                .map(Ask::id)
                .toList());
  }

  private static String onlyOne(List<String> asks) {
    return asks.size() == 1 ? asks.get(0) : null;
  }

  /**
   * Where the run stands.
   *
   * @throws TroubleException exit 2, when there is no such run
   */
  static PromotionStatus status(SignalboxClient client, String workflowId) {
    return client.status(workflowId).orElseThrow(() -> unknownRun(workflowId));
  }

  static TroubleException unknownRun(String workflowId) {
    return new TroubleException(
        Trouble.usage(
            "Finding the run",
            workflowId,
            "the engine knows no such run",
            "`signalbox list` shows the runs; `signalbox promote` asks for one."));
  }

  private boolean asks(SignalboxClient client, String workflowId) {
    return client.standing(workflowId).stream()
        .flatMap(status -> status.asks().stream())
        .anyMatch(ask -> ask.kind() == kind());
  }
}
