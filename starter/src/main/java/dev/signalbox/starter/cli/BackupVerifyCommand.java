package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.backup.BackupRequest;
import dev.signalbox.workflows.backup.BackupRequest.Deed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proves a backup once more. */
@Command(
    name = "verify",
    description =
        "Restore a backup into a scratch database again and compare it with its receipt; exit 1"
            + " where it is not good.")
final class BackupVerifyCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "The environment.")
  String environment;

  @Option(names = "--backup", paramLabel = "ID", description = "Which one; else the newest.")
  String backup;

  BackupVerifyCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    requireEnvironment(pipelines, environment);
    new BackupView(printer())
        .one(
            client.backups(
                "Verifying the backup",
                new BackupRequest(client.project(), environment, Deed.VERIFY, backup),
                id -> printer().aside(id + " is under way")));
    return Exit.DONE;
  }
}
