package dev.signalbox.starter.cli;

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
}
