package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.starter.engine.Engine;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A command that works with an engine. */
abstract class EngineCommand extends SignalboxCommand {
  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      description = "The Temporal engine; else TEMPORAL_ADDRESS, else the one that runs here.")
  String address;

  @Option(names = "--no-input", description = "Never ask; stop where a person must answer.")
  boolean noInput;

  EngineCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /**
   * The engine that runs; of what is said at a door the gateway's own connection to it.
   *
   * @throws TroubleException exit 3, when there is none or it does not answer
   */
  final Engine runningEngine() {
    return surroundings.heard() == null
        ? Engine.connect(address, surroundings.environment(), directory())
        : Engine.lent(surroundings.heard().engine());
  }

  /**
   * Asks this engine for the configured project. Whoever began to wait when the command was given
   * is promised an answer within ten seconds of that; an engine of our own had to start first.
   */
  final SignalboxClient client(Engine engine, PipelineFile pipelines) {
    return client(engine, pipelines, surroundings.started());
  }

  /**
   * @param asked since when a person waits
   */
  final SignalboxClient client(Engine engine, PipelineFile pipelines, Instant asked) {
    return new SignalboxClient(
        engine.connection(),
        pipelines.project().name(),
        engine.inProcess() ? Instant.now() : asked,
        Optional.ofNullable(surroundings.heard()).map(Surroundings.Heard::sender));
  }
}
