package dev.signalbox.starter.gateway;

import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.spoken.SpokenActivities;
import dev.signalbox.workflows.spoken.SpokenWorkflowImpl;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Carries out what the engine keeps for the gateways. Several may run beside each other: whoever is
 * there takes over from one that is gone.
 */
final class GatewayWorker implements AutoCloseable {
  private static final int AT_ONCE = 20;
  private static final int POLLERS = 2;

  /** A command that runs is let come to its end. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** As a worker's: how long a task waits for a gateway that is gone. */
  private static final Duration LOST = Duration.ofSeconds(2);

  private final WorkerFactory factory;

  private GatewayWorker(WorkerFactory factory) {
    this.factory = factory;
  }

  static GatewayWorker start(EngineConnection engine, String project, SpokenActivities hands) {
    WorkerFactory factory = WorkerFactory.newInstance(engine.client());
    Worker worker =
        factory.newWorker(
            new TaskQueues(project).gateway(),
            WorkerOptions.newBuilder()
                .setMaxConcurrentActivityExecutionSize(AT_ONCE)
                .setMaxConcurrentActivityTaskPollers(POLLERS)
                .setMaxConcurrentWorkflowTaskPollers(POLLERS)
                // The test server would send a stopped worker's tasks to its sticky queue for ever.
                .setStickyQueueScheduleToStartTimeout(engine.testServer() ? Duration.ZERO : LOST)
                .build());
    worker.registerWorkflowImplementationTypes(SpokenWorkflowImpl.class);
    worker.registerActivitiesImplementations(hands);
    GatewayWorker started = new GatewayWorker(factory);
    try {
      factory.start();
    } catch (RuntimeException failed) {
      started.close();
      throw failed;
    }
    return started;
  }

  @Override
  public void close() {
    factory.shutdown();
    factory.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS);
    factory.shutdownNow();
  }
}
