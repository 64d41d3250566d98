package dev.signalbox.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workers.engine.EngineAddress;
import dev.signalbox.workers.engine.EngineConnection;
import io.temporal.worker.WorkerOptions;
import org.junit.jupiter.api.Test;

class WorkerTimesTest {
  /** Of Temporal's server, for a task that no worker has answered. */
  private static final long TASK = 10_000;

  /** A worker that had just started on a busy machine failed at the first query of a ledger. */
  @Test
  void letsAWorkflowOfAColdWorkerComputeForSecondsButNotForAWholeTask() {
    EngineAddress nobody = EngineAddress.local("127.0.0.1:1", "default", "a test");

    WorkerOptions options =
        WorkerTimes.options(new EngineConnection(nobody, null, null, false)).build();

    assertThat(options.getDefaultDeadlockDetectionTimeout()).isBetween(5_000L, TASK - 1);
  }
}
