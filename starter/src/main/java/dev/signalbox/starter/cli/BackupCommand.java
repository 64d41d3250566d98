package dev.signalbox.starter.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The database, saved. */
@Command(
    name = "backup",
    description = "Backups of an environment's database, proved by restoring them.",
    synopsisSubcommandLabel = "COMMAND")
final class BackupCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: `signalbox backup now ENV`, list, verify, restore, drop or schedule.");
  }
}
