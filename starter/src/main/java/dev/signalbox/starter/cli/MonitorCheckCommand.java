package dev.signalbox.starter.cli;

import dev.signalbox.starter.MonitorClient;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.monitor.MonitorState;
import picocli.CommandLine.Command;

/** One round, now. */
@Command(
    name = "check",
    description =
        "Look at everything once, now, and tell nobody else. Exit code 1 while a service is down"
            + " or nothing could be looked at.")
final class MonitorCheckCommand extends MonitoringCommand {
  MonitorCheckCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(MonitorClient monitor, PipelineFile pipelines) {
    policy(pipelines);
    MonitorState state = monitor.check();
    new MonitorView(printer(), environment).round(state);
    return state.outage() || state.round() == null ? Exit.NOT_SO : Exit.DONE;
  }
}
