package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.RequestAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The migration half alone. */
@Command(
    name = "run",
    description =
        "Run a commit's pending migrations without deploying it: the gates, a backup with its"
            + " receipt, and an approval where one is needed.")
final class MigrateRunCommand extends RequestCommand {
  @Option(
      names = "--commit",
      paramLabel = "SHA",
      description = "7 to 40 hex; else the commit that is live.")
  String commit;

  MigrateRunCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  boolean mayStartEngine() {
    return false;
  }

  @Override
  void check(PipelineFile pipelines) {
    commit = Targets.commit(commit);
  }

  @Override
  RequestAnswer request(SignalboxClient client) {
    return client.migrate(environment, commit, Person.named(null, surroundings), reason);
  }
}
