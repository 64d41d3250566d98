package dev.signalbox.workers;

import dev.signalbox.workers.config.WorkerConfig;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.LedgerState;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One project's workflows and activities, each on its queue. Polls from {@link #start} until {@link
 * #close}, which lets running activities end.
 */
public final class Wiring implements Health, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Wiring.class);
  private static final int MOST_HEALTH_READS = 200;

  /** Longer than a bare attempt, so that none is cut off in the middle. */
  private static final Duration GRACE = Duration.ofSeconds(25);

  private final WorkerConfig config;
  private final EngineConnection engine;
  private final WorkerFactory factory;

  /** What a worker is for. */
  public enum Purpose {
    /** Carries out promotions: everything there is. */
    EVERYTHING,
    /** Reads for one {@code plan}; starts nothing that changes anything. */
    PLANNING
  }

  private Wiring(WorkerConfig config, EngineConnection engine, WorkerFactory factory) {
    this.config = config;
    this.engine = engine;
    this.factory = factory;
  }

  /**
   * Starts polling, and the ledger of every environment.
   *
   * @throws TroubleException exit 3, when an engine that keeps nothing would move a real system
   */
  public static Wiring start(WorkerConfig config, EngineConnection engine, Purpose purpose) {
    if (purpose == Purpose.EVERYTHING) {
      refuseRealSystemsWithoutMemory(config, engine);
    }
    boolean virtualThreads = Runtime.version().feature() >= 21;
    WorkerFactory factory =
        WorkerFactory.newInstance(
            engine.client(),
            WorkerFactoryOptions.newBuilder()
                .setUsingVirtualWorkflowThreads(virtualThreads)
                .build());
    Wiring wiring = new Wiring(config, engine, factory);
    wiring.register(virtualThreads);
    factory.start();
    if (purpose == Purpose.EVERYTHING) {
      wiring.startLedgers();
    }
    log.info(
        "worker started project={} engine={} namespace={}",
        wiring.project(),
        engine.address().address(),
        engine.address().namespace());
    return wiring;
  }

  public String project() {
    return config.pipelines().project().name();
  }

  @Override
  public boolean alive() {
    return !factory.isTerminated();
  }

  @Override
  public List<String> obstacles() {
    List<String> obstacles = new ArrayList<>();
    if (!factory.isStarted() || factory.isShutdown()) {
      obstacles.add("the worker does not poll");
    }
    if (!EngineConnection.answers(engine.address(), Duration.ofSeconds(2))) {
      obstacles.add("the engine at " + engine.address().address() + " does not answer");
    }
    return obstacles;
  }

  @Override
  public void close() {
    factory.shutdown();
    factory.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS);
    factory.shutdownNow();
  }

  private void register(boolean virtualThreads) {
    TaskQueues queues = new TaskQueues(project());
    WorkerOptions options = options(virtualThreads);
    factory.newWorker(queues.workflows(), options);
    factory.newWorker(queues.railway(), options);
    factory.newWorker(queues.github(), options);

    factory.newWorker(
        queues.health(),
        WorkerOptions.newBuilder(options)
            .setMaxConcurrentActivityExecutionSize(MOST_HEALTH_READS)
            .build());
    factory.newWorker(queues.notices(), options);
  }

  private WorkerOptions options(boolean virtualThreads) {
    WorkerOptions.Builder options =
        WorkerOptions.newBuilder()
            .setUsingVirtualThreads(virtualThreads)
            .setAllowActivityHeartbeatDuringShutdown(true);
    if (engine.testServer()) {
      // It would send a stopped worker's tasks to its sticky queue for ever.
      options.setStickyQueueScheduleToStartTimeout(Duration.ZERO);
    }
    return options.build();
  }

  private void startLedgers() {
    for (String environment : config.pipelines().environments()) {
      EnvironmentWorkflow ledger =
          engine
              .client()
              .newWorkflowStub(
                  EnvironmentWorkflow.class,
                  WorkflowOptions.newBuilder()
                      .setWorkflowId(EnvironmentWorkflow.id(project(), environment))
                      .setTaskQueue(new TaskQueues(project()).workflows())
                      .setWorkflowIdConflictPolicy(
                          WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                      .build());
      try {
        WorkflowClient.start(ledger::run, LedgerState.empty(project(), environment));
      } catch (WorkflowExecutionAlreadyStarted running) {
        log.debug("ledger runs already environment={}", environment);
      }
    }
  }

  private static void refuseRealSystemsWithoutMemory(WorkerConfig config, EngineConnection engine) {
    if (engine.testServer() && !config.onThisMachine()) {
      throw new TroubleException(
          Trouble.notReached(
              "Starting a worker for " + config.railwayUrl() + " and " + config.githubUrl(),
              engine.address().address(),
              "this engine lives in memory and forgets everything when it ends, so it may only"
                  + " change systems on this machine",
              "Start a durable engine (temporal server start-dev --db-filename signalbox.db) and"
                  + " name it in TEMPORAL_ADDRESS."));
    }
  }
}
