package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.backup.BackupRequest;
import dev.signalbox.workflows.backup.BackupRequest.Deed;
import dev.signalbox.workflows.backup.BackupRound;
import dev.signalbox.workflows.environment.LedgerStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What there is to go back to. */
@Command(
    name = "list",
    description = "The backups of an environment, newest first, and which of them are proved.")
final class BackupListCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "The environment.")
  String environment;

  BackupListCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    requireEnvironment(pipelines, environment);
    BackupRound scheduled = client.ledger(environment).map(LedgerStatus::backups).orElse(null);
    new BackupView(printer())
        .all(
            environment,
            scheduled,
            client.backups(
                "Listing the backups",
                new BackupRequest(client.project(), environment, Deed.LIST, null),
                id -> {}));
    return Exit.DONE;
  }
}
