package dev.signalbox.starter.cli;

import dev.signalbox.workflows.monitor.IncidentOrder.Kind;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Nobody is told until the end. */
@Command(name = "mute", description = "Tell nobody, until the outage is over or until then.")
final class IncidentMuteCommand extends IncidentOrderCommand {
  @Mixin UntilOption end = new UntilOption();

  IncidentMuteCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Kind kind() {
    return Kind.MUTE;
  }

  @Override
  Instant until() {
    return end.moment(surroundings.started()).orElse(null);
  }
}
