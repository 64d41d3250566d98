package dev.signalbox.starter.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What concerns the database alone. */
@Command(
    name = "migrate",
    description = "What the migrations of a release do to the database.",
    synopsisSubcommandLabel = "COMMAND")
final class MigrateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: `signalbox migrate plan`, `run`, `status` or `downgrade`.");
  }
}
