package dev.signalbox.starter.gateway;

import dev.signalbox.workers.WorkerTimes;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.spoken.SpokenActivities;
import dev.signalbox.workflows.spoken.SpokenWorkflowImpl;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
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

  private final WorkerFactory factory;

  private GatewayWorker(WorkerFactory factory) {
    this.factory = factory;
  }

  static GatewayWorker start(EngineConnection engine, String project, SpokenActivities hands) {
    WorkerFactory factory = WorkerFactory.newInstance(engine.client());
    Worker worker =
        factory.newWorker(
            new TaskQueues(project).gateway(),
            WorkerTimes.options(engine)
                .setMaxConcurrentActivityExecutionSize(AT_ONCE)
                .setAllowActivityHeartbeatDuringShutdown(true)
                .setMaxConcurrentActivityTaskPollers(POLLERS)
                .setMaxConcurrentWorkflowTaskPollers(POLLERS)
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
