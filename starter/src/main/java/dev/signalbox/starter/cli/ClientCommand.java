package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.starter.engine.Engine;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.LedgerStatus;

/** A command that asks an engine which runs already. */
abstract class ClientCommand extends EngineCommand {
  ClientCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** Refuses what the file alone shows to be wrong, before anybody is asked. */
  void check(PipelineFile pipelines) {}

  abstract int run(SignalboxClient client, PipelineFile pipelines);

  /**
   * What the environment's ledger says.
   *
   * @throws TroubleException exit 3, when no worker answers, or none ever started it
   */
  static LedgerStatus ledger(SignalboxClient client, String environment) {
    return client
        .ledger(environment)
        .orElseThrow(
            () ->
                client.withoutWorker(
                    "query", EnvironmentWorkflow.id(client.project(), environment)));
  }

  @Override
  final int run() {
    PipelineFile pipelines = pipelines();
    check(pipelines);
    try (Engine engine = runningEngine()) {
      return run(client(engine, pipelines), pipelines);
    }
  }
}
