package dev.signalbox.starter.cli;

import dev.signalbox.workflows.backup.BackupReport;
import dev.signalbox.workflows.backup.BackupRequest.Deed;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes room: what a restore has kept goes. */
@Command(
    name = "drop",
    description =
        "Drop a database that a restore has kept beside the present one; only where the backup that"
            + " was taken of it is there and proved.")
final class BackupDropCommand extends BackupDeedCommand {
  @Option(
      names = "--database",
      paramLabel = "NAME",
      required = true,
      description = "As `signalbox backup list` names it.")
  String database;

  BackupDropCommand(Surroundings surroundings) {
    super(surroundings, Deed.DROP_KEPT, "Dropping the database");
  }

  @Override
  String named() {
    return database;
  }

  @Override
  void show(BackupReport report) {
    printer().object(Map.of("environment", environment, "dropped", report.pruned()));
    report.pruned().forEach(name -> printer().line("dropped   " + name));
  }
}
