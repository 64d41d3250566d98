package dev.signalbox.starter.cli;

import dev.signalbox.starter.engine.Engine;
import dev.signalbox.workers.EndOfProcess;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.Wiring;
import dev.signalbox.workers.WorkerMain;
import dev.signalbox.workers.engine.EngineAddress;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a worker until it is stopped. */
@Command(
    name = "worker",
    description = "Carry out this project's runs, until stopped; many may run at once.")
final class WorkerCommand extends EngineCommand {
  @Option(
      names = "--ends-with",
      paramLabel = "PID",
      hidden = true,
      description = "Ends, as by SIGTERM, when this process has ended, however it did.")
  Long other;

  WorkerCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run() {
    if (other != null) {
      EndOfProcess.then(other, () -> System.exit(Exit.DONE));
    }
    WorkerMain.run(env(), directory(), this::engine, this::ready);
    return Exit.DONE;
  }

  private EngineAddress engine() {
    return Engine.find(address, surroundings.environment(), directory())
        .orElseThrow(
            () ->
                new TroubleException(
                    Trouble.notReached(
                        "Looking for a Temporal engine",
                        "--address, TEMPORAL_ADDRESS, Temporal's profile, .signalbox/engine.json",
                        "none of them names one that answers",
                        "Start one (temporal server start-dev --db-filename signalbox.db) and set"
                            + " TEMPORAL_ADDRESS=127.0.0.1:7233.")));
  }

  private void ready(Wiring wiring) {
    printer()
        .object(
            Map.of(
                "ready", true,
                "project", wiring.project(),
                "pid", ProcessHandle.current().pid()));
    printer().line("worker of " + wiring.project() + " is ready; Ctrl-C stops it");
  }
}
