package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.approval.Cancels;
import dev.signalbox.workflows.approval.DecideMessage;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a run to end. */
@Command(
    name = "cancel",
    description =
        "Ask a run to end. Before it touches the environment it ends; after that it first puts the"
            + " last good set back.")
final class CancelCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      completionCandidates = EnvironmentNames.class,
      description = "Full id, environment (its newest), or the start of a revision.")
  String run;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      converter = ReasonWords.class,
      description = "Why; it stays on record.")
  String reason;

  @Option(
      names = "--as",
      paramLabel = "PERSON",
      converter = Words.class,
      description = "Who cancels it; else SIGNALBOX_USER, else git's user.email.")
  String person;

  CancelCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    String id =
        new Runs(client, pipelines).findWithOrWithoutWorker(run, any -> true, null, "cancel %s");
    if (client.describe(id).filter(known -> !known.running()).isPresent()) {
      printer().object(Map.of("id", id, "outcome", "refused"));
      printer().line("nothing to cancel, it has ended: " + id);
      return Exit.NOT_SO;
    }
    client.leave(id, word(id));
    client.cancel(id);
    printer().object(Map.of("id", id, "outcome", "asked"));
    printer().line("asked to end: " + id + " (`signalbox why " + id + "` shows how it does)");
    return Exit.DONE;
  }

  /** Who cancels it and why: the engine's cancel says neither. */
  private DecideMessage word(String id) {
    DecideMessage word =
        new DecideMessage(
            Cancels.CANCEL,
            null,
            Person.named(person, surroundings),
            reason,
            Cancels.CANCEL,
            null,
            surroundings.door(),
            surroundings.decisionId(),
            null);
    return surroundings.heard() == null ? word : surroundings.heard().sender().signed(id, word);
  }
}
