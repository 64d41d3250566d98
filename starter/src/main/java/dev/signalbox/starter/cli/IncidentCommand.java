package dev.signalbox.starter.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Outages. */
@Command(
    name = "incident",
    description = "Outages that the health monitor has found, and what people say to them.",
    synopsisSubcommandLabel = "COMMAND")
final class IncidentCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: `signalbox incident list`, show, ack, mute or close.");
  }
}
