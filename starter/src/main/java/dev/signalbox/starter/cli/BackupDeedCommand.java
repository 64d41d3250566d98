package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.backup.BackupReport;
import dev.signalbox.workflows.backup.BackupRequest;
import dev.signalbox.workflows.backup.BackupRequest.Deed;
import picocli.CommandLine.Parameters;

/** Does something to what there is to go back to, and waits until it is done. */
abstract class BackupDeedCommand extends ClientCommand {
  private final Deed deed;
  private final String tried;

  @Parameters(
      index = "0",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "The environment.")
  String environment;

  /**
   * @param tried what is done, as a failure says it
   */
  BackupDeedCommand(Surroundings surroundings, Deed deed, String tried) {
    super(surroundings);
    this.deed = deed;
    this.tried = tried;
  }

  /** Which backup, or which database; null = none is named. */
  String named() {
    return null;
  }

  abstract void show(BackupReport report);

  @Override
  final void check(PipelineFile pipelines) {
    requireEnvironment(pipelines, environment);
  }

  @Override
  final int run(SignalboxClient client, PipelineFile pipelines) {
    show(
        client.backups(
            tried,
            new BackupRequest(client.project(), environment, deed, named()),
            id -> printer().aside(id + " is under way")));
    return Exit.DONE;
  }
}
