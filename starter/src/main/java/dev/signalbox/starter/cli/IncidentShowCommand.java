package dev.signalbox.starter.cli;

import dev.signalbox.starter.IncidentClient.Known;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Everything about the newest incident of one environment. */
@Command(name = "show", description = "The newest incident of an environment, with its timeline.")
final class IncidentShowCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "The environment.")
  String environment;

  IncidentShowCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void check(PipelineFile pipelines) {
    requireEnvironment(pipelines, environment);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    Optional<Known> known = client.incidents().newest(environment);
    if (known.isEmpty()) {
      printer().object(IncidentView.none(environment));
      printer().line("no incident of " + environment + " is known");
      return Exit.DONE;
    }
    printer().object(IncidentView.object(known.get()));
    IncidentView.lines(known.get()).forEach(printer()::line);
    return Exit.DONE;
  }
}
