package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.migration.DowngradePlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The schema taken back. */
@Command(
    name = "downgrade",
    description =
        "Take an environment's database back to an earlier revision, where the code that runs bears"
            + " that: a backup with its receipt, a rehearsal, and an approval that names what is"
            + " lost.")
final class MigrateDowngradeCommand extends RequestCommand {
  @Option(
      names = "--to",
      required = true,
      paramLabel = "REV",
      description = "The schema revision to go down to, by its id.")
  String to;

  @Option(
      names = "--commit",
      paramLabel = "SHA",
      description =
          "The commit whose code takes them back, 7 to 40 hex; else the one that is live.")
  String commit;

  MigrateDowngradeCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  boolean mayStartEngine() {
    return false;
  }

  @Override
  void check(PipelineFile pipelines) {
    DowngradePlan.mistake(to)
        .ifPresent(
            why -> {
              throw wrong("--to " + to, why);
            });
    if (reason == null || reason.isBlank()) {
      throw wrong("--reason", "it is missing, and it stays on record");
    }
  }

  private TroubleException wrong(String what, String why) {
    return new TroubleException(
        Trouble.usage(
            "Understanding what to take back",
            what,
            why,
            "Say `signalbox migrate downgrade " + environment + " --to REV --reason TEXT`."));
  }

  @Override
  RequestAnswer request(SignalboxClient client) {
    return client.downgrade(environment, commit, to, Person.named(null, surroundings), reason);
  }
}
