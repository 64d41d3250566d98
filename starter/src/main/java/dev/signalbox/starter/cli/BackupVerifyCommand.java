package dev.signalbox.starter.cli;

import dev.signalbox.workflows.backup.BackupReport;
import dev.signalbox.workflows.backup.BackupRequest.Deed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Proves a backup once more. */
@Command(
    name = "verify",
    description =
        "Restore a backup into a scratch database again and compare it with its receipt; exit 1"
            + " where it is not good.")
final class BackupVerifyCommand extends BackupDeedCommand {
  @Option(names = "--backup", paramLabel = "ID", description = "Which one; else the newest.")
  String backup;

  BackupVerifyCommand(Surroundings surroundings) {
    super(surroundings, Deed.VERIFY, "Verifying the backup");
  }

  @Override
  String named() {
    return backup;
  }

  @Override
  void show(BackupReport report) {
    new BackupView(printer()).one(report);
  }
}
