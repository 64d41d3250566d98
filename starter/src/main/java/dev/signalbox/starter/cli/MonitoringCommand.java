package dev.signalbox.starter.cli;

import dev.signalbox.starter.MonitorClient;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.policy.MonitorPolicy;
import picocli.CommandLine.Parameters;

/** A command about one environment's monitor. */
abstract class MonitoringCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "The environment.")
  String environment;

  MonitoringCommand(Surroundings surroundings) {
    super(surroundings);
  }

  abstract int run(MonitorClient monitor, PipelineFile pipelines);

  @Override
  final void check(PipelineFile pipelines) {
    requireEnvironment(pipelines, environment);
  }

  @Override
  final int run(SignalboxClient client, PipelineFile pipelines) {
    return run(client.monitor(environment), pipelines);
  }

  final MonitorPolicy policy(PipelineFile pipelines) {
    return pipelines
        .monitor(environment)
        .orElseThrow(
            () ->
                new TroubleException(
                    Trouble.usage(
                        "Monitoring",
                        environment,
                        "signalbox.toml has no [monitor." + environment + "]",
                        "Add it, with every = \"15m\" for a start.")));
  }
}
