package dev.signalbox.starter.cli;

import dev.signalbox.workflows.monitor.IncidentOrder.Kind;
import picocli.CommandLine.Command;

/** Somebody is at it. */
@Command(name = "ack", description = "Say that somebody is at the outage; the issue says who.")
final class IncidentAckCommand extends IncidentOrderCommand {
  IncidentAckCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Kind kind() {
    return Kind.ACK;
  }
}
