package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workflows.environment.RequestAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The database as it was saved, in the place of the present one. */
@Command(
    name = "restore",
    description =
        "Bring an environment's database back to a backup: says what is lost and asks, then stops"
            + " the services, saves what is there, restores beside it, swaps the two, starts and"
            + " verifies. Until the swap `signalbox cancel` leaves everything as it was.")
final class BackupRestoreCommand extends RequestCommand {
  @Option(
      names = "--backup",
      paramLabel = "ID",
      required = true,
      description = "As `signalbox backup list` names it.")
  String backup;

  @Option(
      names = "--to",
      paramLabel = "DEPLOYMENT",
      description =
          "Railway's id of one deployment of an earlier set: that is started afterwards, and not"
              + " what runs now.")
  String deployment;

  @Option(
      names = "--in-place",
      description =
          "Make no second database: the present one is emptied and restored in one transaction."
              + " Nothing of it is kept but the backup that is taken before.")
  boolean inPlace;

  BackupRestoreCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  boolean mayStartEngine() {
    return false;
  }

  @Override
  RequestAnswer request(SignalboxClient client) {
    return client.restore(
        environment, backup, deployment, inPlace, Person.named(null, surroundings), reason);
  }
}
