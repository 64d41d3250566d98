package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import java.util.Map;
import picocli.CommandLine.Command;
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
    client.cancel(id);
    printer().object(Map.of("id", id, "outcome", "asked"));
    printer().line("asked to end: " + id + " (`signalbox why " + id + "` shows how it does)");
    return Exit.DONE;
  }
}
