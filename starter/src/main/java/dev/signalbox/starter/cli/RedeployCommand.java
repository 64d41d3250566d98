package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.RequestAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks for what is live once more. */
@Command(
    name = "redeploy",
    description =
        "Build what is live once more, with today's variables; or start its containers again.")
final class RedeployCommand extends RequestCommand {
  @Option(names = "--service", paramLabel = "NAME", description = "Only this one; else all.")
  String service;

  @Option(
      names = "--restart",
      description = "No build: the same images, started again one service after the other.")
  boolean restart;

  RedeployCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  boolean mayStartEngine() {
    return false;
  }

  @Override
  void check(PipelineFile pipelines) {
    Targets.requireService(pipelines, environment, service);
  }

  @Override
  RequestAnswer request(SignalboxClient client) {
    return client.redeploy(environment, service, restart, Person.named(null, surroundings), reason);
  }
}
