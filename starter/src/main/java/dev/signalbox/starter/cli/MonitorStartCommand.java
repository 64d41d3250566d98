package dev.signalbox.starter.cli;

import dev.signalbox.starter.MonitorClient;
import dev.signalbox.workers.policy.PipelineFile;
import picocli.CommandLine.Command;

/** Has an environment monitored as the file says. */
@Command(
    name = "start",
    description =
        "Monitor an environment by the clock, as [monitor.ENV] says; after a change of the file,"
            + " as it says now.")
final class MonitorStartCommand extends MonitoringCommand {
  MonitorStartCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(MonitorClient monitor, PipelineFile pipelines) {
    new MonitorView(printer(), environment).schedule(monitor.start(policy(pipelines).times()));
    return Exit.DONE;
  }
}
