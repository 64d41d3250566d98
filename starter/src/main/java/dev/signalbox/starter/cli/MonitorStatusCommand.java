package dev.signalbox.starter.cli;

import dev.signalbox.starter.MonitorClient;
import dev.signalbox.workers.policy.PipelineFile;
import picocli.CommandLine.Command;

/** Shows how everything stands, by the monitor that runs. */
@Command(
    name = "status",
    description = "When rounds begin, and how everything that is looked at stands.")
final class MonitorStatusCommand extends MonitoringCommand {
  MonitorStatusCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(MonitorClient monitor, PipelineFile pipelines) {
    new MonitorView(printer(), environment).all(monitor.show(), monitor.state().orElse(null));
    return Exit.DONE;
  }
}
