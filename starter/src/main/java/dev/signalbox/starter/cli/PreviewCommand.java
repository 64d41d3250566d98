package dev.signalbox.starter.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Environments of pull requests. */
@Command(
    name = "preview",
    description = "An environment of its own for a pull request.",
    synopsisSubcommandLabel = "COMMAND")
final class PreviewCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: `signalbox preview list`, create, destroy, sweep or why.");
  }
}
