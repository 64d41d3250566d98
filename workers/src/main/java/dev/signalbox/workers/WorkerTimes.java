package dev.signalbox.workers;

import dev.signalbox.workers.engine.EngineConnection;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;

/** How long each worker of ours lets a workflow's work wait, and how long it may take. */
public final class WorkerTimes {
  /**
   * How long a task waits for the worker that has its workflow in memory before any other takes it.
   * Well below the five seconds that a client gives a query: else the first question after a crash
   * goes to the dead worker until the client gives up, and is answered "no worker".
   */
  private static final Duration LOST_WORKER = Duration.ofSeconds(2);

  /**
   * How long a workflow may compute without waiting before Temporal takes it for one that hangs. By
   * default that is a second, in which a worker that has just started on a busy machine has not
   * read a ledger: its first queries and tasks failed. Below the ten seconds of a task.
   */
  private static final Duration LONGEST_COMPUTING = Duration.ofSeconds(8);

  private WorkerTimes() {}

  /** The options of a worker on this engine, with these times. */
  public static WorkerOptions.Builder options(EngineConnection engine) {
    return WorkerOptions.newBuilder()
        // The test server would send a stopped worker's tasks to its sticky queue for ever.
        .setStickyQueueScheduleToStartTimeout(engine.testServer() ? Duration.ZERO : LOST_WORKER)
        .setDefaultDeadlockDetectionTimeout(LONGEST_COMPUTING.toMillis());
  }
}
