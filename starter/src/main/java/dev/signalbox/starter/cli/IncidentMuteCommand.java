package dev.signalbox.starter.cli;

import dev.signalbox.workflows.monitor.IncidentOrder.Kind;
import picocli.CommandLine.Command;

/** Nobody is told until the end. */
@Command(name = "mute", description = "Change the issue no more until the outage is over.")
final class IncidentMuteCommand extends IncidentOrderCommand {
  IncidentMuteCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Kind kind() {
    return Kind.MUTE;
  }
}
