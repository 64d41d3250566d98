package dev.signalbox.bench;

import dev.signalbox.starter.engine.InProcessEngine;
import dev.signalbox.workers.engine.EngineAddress;
import dev.signalbox.workers.engine.EngineConnection;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A Temporal server to measure on.
 *
 * @param name test or dev
 */
record BenchEngine(String name, String address, Runnable end) implements AutoCloseable {

  /** In the memory of this process: the figures bound our own code, and not Temporal. */
  static BenchEngine test() {
    InProcessEngine engine = InProcessEngine.start();
    return new BenchEngine("test", engine.address(), engine::close);
  }

  /**
   * Temporal's dev server on a file. With its defaults it lets a workflow's queue be looked at 20
   * times a second, and the figures would be that limit's.
   *
   * @param binary as {@code TEMPORAL_CLI} names it
   */
  static BenchEngine dev(String binary, Path directory) {
    TemporalDevServer server =
        TemporalDevServer.start(
            "default",
            TemporalDevServerOptions.newBuilder()
                .setExistingPath(binary)
                .setDatabaseFilename(directory.resolve(UUID.randomUUID() + ".db").toString())
                .setLogFile(directory.resolve("temporal.log").toString())
                .setExtraArgs(
                    "--dynamic-config-value",
                    "history.transferProcessorMaxPollRPS=2000",
                    "--dynamic-config-value",
                    "history.timerProcessorMaxPollRPS=2000",
                    "--dynamic-config-value",
                    "history.visibilityProcessorMaxPollRPS=2000",
                    "--sqlite-pragma",
                    "journal_mode=wal",
                    "--sqlite-pragma",
                    "synchronous=normal")
                .build());
    return new BenchEngine("dev", server.getTarget(), server::close);
  }

  EngineConnection connect() {
    return EngineConnection.open(EngineAddress.local(address, "default", "a measurement"));
  }

  @Override
  public void close() {
    end.run();
  }
}
