package dev.signalbox.starter.cli;

import dev.signalbox.starter.MonitorClient;
import dev.signalbox.workers.policy.PipelineFile;
import picocli.CommandLine.Command;

/** Has an environment monitored no more. */
@Command(name = "stop", description = "Monitor an environment no more; what is known is forgotten.")
final class MonitorStopCommand extends MonitoringCommand {
  MonitorStopCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(MonitorClient monitor, PipelineFile pipelines) {
    new MonitorView(printer(), environment).schedule(monitor.stop());
    return Exit.DONE;
  }
}
