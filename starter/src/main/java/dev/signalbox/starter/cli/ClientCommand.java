package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.starter.engine.Engine;
import dev.signalbox.workers.policy.PipelineFile;

/** A command that asks an engine which runs already. */
abstract class ClientCommand extends EngineCommand {
  ClientCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** Refuses what the file alone shows to be wrong, before anybody is asked. */
  void check(PipelineFile pipelines) {}

  abstract int run(SignalboxClient client, PipelineFile pipelines);

  @Override
  final int run() {
    PipelineFile pipelines = pipelines();
    check(pipelines);
    try (Engine engine = runningEngine()) {
      return run(client(engine, pipelines), pipelines);
    }
  }
}
