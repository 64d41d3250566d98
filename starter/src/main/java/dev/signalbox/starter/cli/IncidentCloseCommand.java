package dev.signalbox.starter.cli;

import dev.signalbox.workflows.monitor.IncidentOrder.Kind;
import picocli.CommandLine.Command;

/** It is over, or is none. */
@Command(
    name = "close",
    description = "Close the issue of the outage; no new one is opened before everything is well.")
final class IncidentCloseCommand extends IncidentOrderCommand {
  IncidentCloseCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Kind kind() {
    return Kind.CLOSE;
  }
}
