package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.OrderAnswer;
import dev.signalbox.workflows.monitor.IncidentOrder;
import dev.signalbox.workflows.monitor.IncidentOrder.Kind;
import dev.signalbox.workflows.monitor.IncidentWorkflow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Orders something of the incident that goes on in an environment. */
abstract class IncidentOrderCommand extends ClientCommand {
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
      description = "Why; it stands in the issue.")
  String reason;

  @Option(
      names = "--as",
      paramLabel = "PERSON",
      converter = Words.class,
      description = "Who orders it; else SIGNALBOX_USER, else git's user.email.")
  String person;

  IncidentOrderCommand(Surroundings surroundings) {
    super(surroundings);
  }

  abstract Kind kind();

  /** When it ends by itself; null = with the incident. */
  Instant until() {
    return null;
  }

  @Override
  void check(PipelineFile pipelines) {
    requireEnvironment(pipelines, environment);
    until();
  }

  @Override
  final int run(SignalboxClient client, PipelineFile pipelines) {
    IncidentOrder order =
        new IncidentOrder(
            surroundings.decisionId(),
            kind(),
            Person.named(person, surroundings),
            reason,
            surroundings.door(),
            null,
            until());
    Optional<OrderAnswer> answer =
        surroundings.heard() == null
            ? client.incidents().order(environment, order)
            : leave(client, order);
    printer().object(object(order, answer));
    if (answer.isEmpty()) {
      printer()
          .line(
              "recorded: the incident of "
                  + environment
                  + " will judge it when a worker runs (start `signalbox worker`)");
      return Exit.WAITING;
    }
    printer().line(OrderCommand.sentence(answer.get()));
    return OrderCommand.exit(answer.get());
  }

  /** At a door nothing may get lost: it is left with the engine, and judged for the door. */
  private Optional<OrderAnswer> leave(SignalboxClient client, IncidentOrder order) {
    String incident = IncidentWorkflow.id(client.project(), environment);
    client.incidents().leave(environment, surroundings.heard().sender().signed(incident, order));
    surroundings.heard().left().accept(incident, order.decisionId());
    return Optional.empty();
  }

  private Map<String, Object> object(IncidentOrder order, Optional<OrderAnswer> answer) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("environment", environment);
    shown.put("decisionId", order.decisionId());
    shown.put("order", order.kind());
    shown.put("person", order.person());
    shown.put("recorded", true);
    answer.ifPresent(known -> shown.put("counted", known.counted()));
    shown.put(
        "message", answer.map(OrderAnswer::message).orElse("recorded, and no worker has answered"));
    return shown;
  }
}
