package dev.signalbox.starter;

import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** On the Temporal dev server that {@code TEMPORAL_CLI} names. */
@Tag("devserver")
class ScheduleTimetableTest extends BackupScheduleContract {
  private static TemporalDevServer server;

  @BeforeAll
  static void start() {
    String binary = System.getenv("TEMPORAL_CLI");
    if (binary == null) {
      throw new IllegalStateException("set TEMPORAL_CLI to the path of a temporal binary");
    }
    server =
        TemporalDevServer.start(
            "default", TemporalDevServerOptions.newBuilder().setExistingPath(binary).build());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  String engine() {
    return server.getTarget();
  }
}
