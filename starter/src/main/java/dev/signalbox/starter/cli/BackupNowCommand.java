package dev.signalbox.starter.cli;

import dev.signalbox.workflows.backup.BackupReport;
import dev.signalbox.workflows.backup.BackupRequest.Deed;
import picocli.CommandLine.Command;

/** Saves the database, and waits for the proof. */
@Command(
    name = "now",
    description =
        "Dump the database into the archive, restore the dump into a scratch database and compare."
            + " Prints the receipt; clears away what the policy does not keep.")
final class BackupNowCommand extends BackupDeedCommand {
  BackupNowCommand(Surroundings surroundings) {
    super(surroundings, Deed.TAKE, "Backing up the database");
  }

  @Override
  void show(BackupReport report) {
    new BackupView(printer()).one(report);
  }
}
