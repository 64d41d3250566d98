package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.approval.DecideMessage;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ticks a point of an approval's checklist. */
@Command(
    name = "tick",
    description = "Tick a point of the checklist that a promotion waits for, with your name.")
final class TickCommand extends AnswerCommand {
  @Option(
      names = "--point",
      paramLabel = "N",
      description = "Which point, as `why` numbers them; else the only one that is open.")
  Integer point;

  @Option(
      names = "--as",
      paramLabel = "PERSON",
      converter = Words.class,
      description = "Who ticks; else SIGNALBOX_USER, else git's user.email.")
  String person;

  TickCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Ask.Kind kind() {
    return Ask.Kind.POINT;
  }

  @Override
  String command() {
    return "tick %s" + (point == null ? "" : " --point " + point);
  }

  @Override
  DecideMessage message(SignalboxClient client, String workflowId, String decisionId) {
    return new DecideMessage(
        Asks.TICK,
        null,
        Person.named(person, surroundings),
        reason(),
        null,
        point == null ? null : named(client, workflowId),
        surroundings.door(),
        decisionId,
        null);
  }

  private String named(SignalboxClient client, String workflowId) {
    List<String> open =
        status(client, workflowId).asks().stream()
            .filter(ask -> ask.kind() == Ask.Kind.POINT)
            .map(Ask::id)
            .toList();
    return open.stream()
        .filter(id -> id.endsWith("-point-" + point))
        .findFirst()
        .orElseThrow(
            () ->
                new TroubleException(
                    Trouble.usage(
                        "Ticking a point",
                        workflowId,
                        "it asks for no point " + point,
                        "`signalbox why " + workflowId + "` shows the points.")));
  }
}
