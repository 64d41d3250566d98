package dev.signalbox.starter.cli;

import dev.signalbox.starter.IncidentClient.Known;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** The newest incident of every environment. */
@Command(name = "list", description = "The newest incident of every environment, open or over.")
final class IncidentListCommand extends ClientCommand {
  IncidentListCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    List<Known> known =
        pipelines.environments().stream()
            .flatMap(environment -> client.incidents().newest(environment).stream())
            .toList();
    printer().object(Map.of("incidents", known.stream().map(IncidentView::object).toList()));
    if (known.isEmpty()) {
      printer().line("no incident is known");
    }
    known.forEach(incident -> printer().line(IncidentView.line(incident)));
    return Exit.DONE;
  }
}
