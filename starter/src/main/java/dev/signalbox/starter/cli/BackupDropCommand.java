package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.backup.BackupReport;
import dev.signalbox.workflows.backup.BackupRequest;
import dev.signalbox.workflows.backup.BackupRequest.Deed;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes room: what a restore has kept goes. */
@Command(
    name = "drop",
    description =
        "Drop a database that a restore has kept beside the present one; only where the backup that"
            + " was taken of it is there and proved.")
final class BackupDropCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "The environment.")
  String environment;

  @Option(
      names = "--database",
      paramLabel = "NAME",
      required = true,
      description = "As `signalbox backup list` names it.")
  String database;

  BackupDropCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    requireEnvironment(pipelines, environment);
    BackupReport report =
        client.backups(
            "Dropping the database",
            new BackupRequest(client.project(), environment, Deed.DROP_KEPT, database),
            id -> printer().aside(id + " is under way"));
    printer().object(Map.of("environment", environment, "dropped", report.pruned()));
    report.pruned().forEach(name -> printer().line("dropped   " + name));
    return Exit.DONE;
  }
}
