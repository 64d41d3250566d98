package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.RequestAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks for a promotion. */
@Command(
    name = "promote",
    description = "Move one revision into an environment; the same one again joins the first.")
final class PromoteCommand extends RequestCommand {
  @Option(
      names = "--commit",
      paramLabel = "SHA",
      description = "7 to 40 hex; else the head of the source branch.")
  String commit;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description =
          "Only this one, where partial = true allows it: the set is then of two commits.")
  String service;

  @Option(
      names = "--emergency",
      description =
          "Skip what the environment's `emergency` lists; needs --reason, is told to everybody and"
              + " opens an issue to review it.")
  boolean emergency;

  PromoteCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  boolean mayStartEngine() {
    return true;
  }

  @Override
  void check(PipelineFile pipelines) {
    Targets.requireService(pipelines, environment, service);
    commit = Targets.commit(commit);
    if (emergency && (reason == null || reason.isBlank())) {
      throw new TroubleException(
          Trouble.usage(
              "Calling an emergency",
              environment,
              "--reason is missing",
              "Say why: `signalbox promote "
                  + environment
                  + " --emergency --reason \"the shop is down\"`."));
    }
  }

  @Override
  RequestAnswer request(SignalboxClient client) {
    String person = Person.named(null, surroundings);
    return emergency
        ? client.promoteInEmergency(environment, commit, service, person, reason)
        : client.promote(environment, commit, service, person, reason);
  }
}
