package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.backup.BackupReport;
import dev.signalbox.workflows.backup.BackupRequest;
import dev.signalbox.workflows.backup.BackupRequest.Deed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Saves the database, and waits for the proof. */
@Command(
    name = "now",
    description =
        "Dump the database into the archive, restore the dump into a scratch database and compare."
            + " Prints the receipt; clears away what the policy does not keep.")
final class BackupNowCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "The environment.")
  String environment;

  BackupNowCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    requireEnvironment(pipelines, environment);
    BackupReport report =
        client.backups(
            "Backing up the database",
            new BackupRequest(client.project(), environment, Deed.TAKE, null),
            id -> printer().aside(id + " is under way"));
    new BackupView(printer()).one(report);
    return Exit.DONE;
  }
}
