package dev.signalbox.starter.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The health of an environment, all day long. */
@Command(
    name = "monitor",
    description =
        "Whether an environment is well: rounds by the clock, and the watch between them.",
    synopsisSubcommandLabel = "COMMAND")
final class MonitorCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: `signalbox monitor start ENV`, stop, status, check or report.");
  }
}
