package dev.signalbox.workers;

import dev.signalbox.activities.approval.ProofActivitiesImpl;
import dev.signalbox.activities.archive.ArchiveStore;
import dev.signalbox.activities.backup.BackupActivitiesImpl;
import dev.signalbox.activities.backup.InstalledPrograms;
import dev.signalbox.activities.backup.PostgresBackups;
import dev.signalbox.activities.backup.RestoreActivitiesImpl;
import dev.signalbox.activities.backup.RestoredCopies;
import dev.signalbox.activities.environment.LedgerActivitiesImpl;
import dev.signalbox.activities.environment.LedgerArchiveImpl;
import dev.signalbox.activities.gate.FactsActivitiesImpl;
import dev.signalbox.activities.github.GitHubActivitiesImpl;
import dev.signalbox.activities.github.GitHubClient;
import dev.signalbox.activities.github.PullActivitiesImpl;
import dev.signalbox.activities.github.SyncActivitiesImpl;
import dev.signalbox.activities.health.HealthActivitiesImpl;
import dev.signalbox.activities.health.SmokeActivitiesImpl;
import dev.signalbox.activities.migration.MigrationActivitiesImpl;
import dev.signalbox.activities.migration.PreviewDatabaseActivitiesImpl;
import dev.signalbox.activities.migration.ProjectDatabases;
import dev.signalbox.activities.migration.ProjectSources;
import dev.signalbox.activities.migration.PythonEnvironment;
import dev.signalbox.activities.monitor.IncidentActivitiesImpl;
import dev.signalbox.activities.monitor.MonitorActivitiesImpl;
import dev.signalbox.activities.notify.NotifyActivitiesImpl;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.policy.PolicyActivitiesImpl;
import dev.signalbox.activities.preview.SurveyActivitiesImpl;
import dev.signalbox.activities.railway.LogsActivitiesImpl;
import dev.signalbox.activities.railway.PreviewActivitiesImpl;
import dev.signalbox.activities.railway.RailwayActivitiesImpl;
import dev.signalbox.activities.railway.RailwayClients;
import dev.signalbox.activities.railway.ServiceVariables;
import dev.signalbox.activities.railway.VolumeActivitiesImpl;
import dev.signalbox.workers.config.WorkerConfig;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workers.policy.FilePolicy;
import dev.signalbox.workers.policy.PolicyWatch;
import dev.signalbox.workflows.EmptySignals;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.arrival.ArrivalWorkflowImpl;
import dev.signalbox.workflows.backup.BackupWorkflowImpl;
import dev.signalbox.workflows.backup.ScheduledBackupWorkflowImpl;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflowImpl;
import dev.signalbox.workflows.deploy.MigrateWorkflowImpl;
import dev.signalbox.workflows.deploy.RedeployWorkflowImpl;
import dev.signalbox.workflows.deploy.RestoreWorkflowImpl;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.EnvironmentWorkflowImpl;
import dev.signalbox.workflows.environment.LedgerState;
import dev.signalbox.workflows.environment.PagesWorkflowImpl;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.logs.LogsWorkflowImpl;
import dev.signalbox.workflows.monitor.HealthMonitorWorkflowImpl;
import dev.signalbox.workflows.monitor.IncidentWorkflowImpl;
import dev.signalbox.workflows.plan.PlanWorkflowImpl;
import dev.signalbox.workflows.plan.SchemaWorkflowImpl;
import dev.signalbox.workflows.preview.PreviewEnvWorkflowImpl;
import dev.signalbox.workflows.preview.PreviewListWorkflowImpl;
import dev.signalbox.workflows.preview.PreviewReconcilerWorkflow;
import dev.signalbox.workflows.preview.PreviewReconcilerWorkflowImpl;
import dev.signalbox.workflows.preview.PreviewsState;
import dev.signalbox.workflows.promotion.MigrationRunWorkflowImpl;
import dev.signalbox.workflows.promotion.PromotionWorkflowImpl;
import dev.signalbox.workflows.promotion.RestoreRunWorkflowImpl;
import dev.signalbox.workflows.rollback.RollbackWorkflowImpl;
import dev.signalbox.workflows.sync.SyncWorkflowImpl;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

  /** Each has a process of its own, and some a copy of the project's files. */
  private static final int MOST_MIGRATIONS = 4;

  /** Longer than a bare attempt, so that none is cut off in the middle. */
  private static final Duration GRACE = Duration.ofSeconds(25);

  private final WorkerConfig config;
  private final EngineConnection engine;
  private final WorkerFactory factory;
  private final Optional<ArchiveStore> archive;
  private final PolicyWatch policy;

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
    this.archive =
        config.pipelines().archive().map(place -> place.open(config.variables().values()));
    this.policy =
        new PolicyWatch(
            config.file(),
            new FilePolicy(config.file(), project()),
            config.pipelines().environments(),
            this::tellOfPolicy);
  }

  /**
   * Starts polling, the ledger of every environment, and the sweep of previews.
   *
   * @throws TroubleException exit 3, when an engine that keeps nothing would move a real system
   */
  public static Wiring start(WorkerConfig config, EngineConnection engine, Purpose purpose) {
    if (purpose == Purpose.EVERYTHING && engine.testServer()) {
      requireThisMachine(config, engine.address().address());
    }
    boolean virtualThreads = Runtime.version().feature() >= 21;
    WorkerFactory factory =
        WorkerFactory.newInstance(
            engine.client(),
            WorkerFactoryOptions.newBuilder()
                .setUsingVirtualWorkflowThreads(virtualThreads)
                .setWorkerInterceptors(new EmptySignals())
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
    policy.close();
    factory.shutdown();
    factory.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS);
    factory.shutdownNow();
    archive.ifPresent(ArchiveStore::close);
  }

  /** The one list of what there is: a new workflow or activity class is registered here. */
  private void register(boolean virtualThreads) {
    TaskQueues queues = new TaskQueues(project());
    WorkerOptions options = options(virtualThreads);
    Set<String> projects = Set.of(project());
    Clock clock = Clock.systemUTC();
    Pace pace = Pace.of(clock);
    GitHubClient hub = new GitHubClient(config.githubUrl(), config.githubToken(), clock);
    GitHubActivitiesImpl github = new GitHubActivitiesImpl(hub, projects);
    RailwayClients platform =
        RailwayClients.of(
            config.railwayUrl(),
            config.railwayToken(),
            name -> Optional.ofNullable(config.railwayTokens().get(name)),
            clock);
    RailwayActivitiesImpl railway =
        new RailwayActivitiesImpl(platform, projects, config.serviceScheme(), clock, pace);
    HealthActivitiesImpl health = new HealthActivitiesImpl(projects, pace, config.reach());

    PullActivitiesImpl pulls = new PullActivitiesImpl(hub, projects, clock);
    PreviewActivitiesImpl previews =
        new PreviewActivitiesImpl(
            platform, projects, config.serviceScheme(), new EngineSlots(engine.client()), pace);

    Worker workflows = factory.newWorker(queues.workflows(), options);
    workflows.registerWorkflowImplementationTypes(
        EnvironmentWorkflowImpl.class,
        PromotionWorkflowImpl.class,
        MigrateAndDeployWorkflowImpl.class,
        MigrateWorkflowImpl.class,
        RestoreWorkflowImpl.class,
        RestoreRunWorkflowImpl.class,
        MigrationRunWorkflowImpl.class,
        RedeployWorkflowImpl.class,
        RollbackWorkflowImpl.class,
        PlanWorkflowImpl.class,
        SchemaWorkflowImpl.class,
        LogsWorkflowImpl.class,
        BackupWorkflowImpl.class,
        ScheduledBackupWorkflowImpl.class,
        HealthMonitorWorkflowImpl.class,
        IncidentWorkflowImpl.class,
        PagesWorkflowImpl.class,
        ArrivalWorkflowImpl.class,
        PreviewEnvWorkflowImpl.class,
        PreviewListWorkflowImpl.class,
        PreviewReconcilerWorkflowImpl.class,
        SyncWorkflowImpl.class);
    ServiceVariables services = new ServiceVariables(platform);
    ProjectDatabases databases = new ProjectDatabases(services);
    ProjectSources sources = new ProjectSources(hub, config.variables().values());
    PreviewDatabaseActivitiesImpl previewDatabases =
        new PreviewDatabaseActivitiesImpl(
            services, sources, config.variables().values(), projects, pace);
    LedgerActivitiesImpl ledgers = new LedgerActivitiesImpl(engine.client(), projects);
    NotifyActivitiesImpl notices =
        new NotifyActivitiesImpl(NoticePlaces.of(config, hub, clock), projects);
    // GitHub, Railway and the notices are here too for what runs as local activities of a workflow.
    workflows.registerActivitiesImplementations(
        new PolicyActivitiesImpl(new FilePolicy(config.file(), project()), projects),
        ledgers,
        new LedgerArchiveImpl(archive, projects),
        new ProofActivitiesImpl(config.gatewayKey(), projects),
        new FactsActivitiesImpl(github, railway, health, ledgers, clock),
        github,
        pulls,
        railway,
        new SurveyActivitiesImpl(pulls, previews, engine.client(), projects),
        previewDatabases,
        notices);
    factory
        .newWorker(queues.railway(), options)
        .registerActivitiesImplementations(
            railway,
            previews,
            new VolumeActivitiesImpl(platform, projects, clock),
            new LogsActivitiesImpl(platform, projects, pace));
    factory
        .newWorker(queues.github(), options)
        .registerActivitiesImplementations(github, pulls, new SyncActivitiesImpl(hub, projects));
    factory
        .newWorker(
            queues.health(),
            WorkerOptions.newBuilder(options)
                .setMaxConcurrentActivityExecutionSize(MOST_HEALTH_READS)
                .build())
        .registerActivitiesImplementations(
            health,
            new SmokeActivitiesImpl(projects, config.file().toAbsolutePath().getParent()),
            new MonitorActivitiesImpl(
                projects,
                config.reach(),
                reference -> databases.find(reference).address(),
                engine.client(),
                pace));
    Optional<PostgresBackups> backups = archive.map(this::backups);
    factory
        .newWorker(
            queues.migration(),
            WorkerOptions.newBuilder(options)
                .setMaxConcurrentActivityExecutionSize(MOST_MIGRATIONS)
                .build())
        .registerActivitiesImplementations(
            new BackupActivitiesImpl(backups, databases, projects, pace),
            new RestoreActivitiesImpl(backups, databases, projects, pace),
            new MigrationActivitiesImpl(
                new PythonEnvironment(config.variables().values()),
                databases,
                sources,
                new RestoredCopies(backups),
                projects,
                pace),
            previewDatabases);
    factory
        .newWorker(queues.notices(), options)
        .registerActivitiesImplementations(
            notices, new IncidentActivitiesImpl(hub, engine.client(), projects));
  }

  private PostgresBackups backups(ArchiveStore store) {
    return new PostgresBackups(store, new InstalledPrograms(config.variables().values()));
  }

  private WorkerOptions options(boolean virtualThreads) {
    return WorkerTimes.options(engine)
        .setUsingVirtualThreads(virtualThreads)
        .setAllowActivityHeartbeatDuringShutdown(true)
        .build();
  }

  private void startLedgers() {
    for (String environment : config.pipelines().environments()) {
      EnvironmentWorkflow ledger =
          engine
              .client()
              .newWorkflowStub(
                  EnvironmentWorkflow.class,
                  lasting(EnvironmentWorkflow.id(project(), environment)));
      start(() -> WorkflowClient.start(ledger::run, LedgerState.empty(project(), environment)));
    }
    policy.start();
    if (config.pipelines().previews().previews() != null) {
      PreviewReconcilerWorkflow previews =
          engine
              .client()
              .newWorkflowStub(
                  PreviewReconcilerWorkflow.class,
                  lasting(PreviewReconcilerWorkflow.id(project())));
      start(() -> WorkflowClient.start(previews::run, PreviewsState.empty(project())));
    }
  }

  private WorkflowOptions lasting(String id) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setTaskQueue(new TaskQueues(project()).workflows())
        .setWorkflowIdConflictPolicy(
            WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
        .build();
  }

  private static void start(Runnable run) {
    try {
      run.run();
    } catch (WorkflowExecutionAlreadyStarted running) {
      log.debug("runs already id={}", running.getExecution().getWorkflowId());
    }
  }

  /** The file may say something else than when the ledger, and what waits there, last looked. */
  private void tellOfPolicy(String environment) {
    engine
        .client()
        .newWorkflowStub(EnvironmentWorkflow.class, EnvironmentWorkflow.id(project(), environment))
        .hint(Hint.ofPolicy(UUID.randomUUID().toString()));
  }

  /**
   * Refuses to let an engine that forgets move systems that do not.
   *
   * @throws TroubleException exit 3, saying how to get a durable engine
   */
  public static void requireThisMachine(WorkerConfig config, String engine) {
    if (!config.onThisMachine()) {
      throw new TroubleException(
          Trouble.notReached(
              "Starting a worker for " + config.railwayUrl() + " and " + config.githubUrl(),
              engine,
              "this engine lives in memory and forgets everything when it ends, so it may only"
                  + " change systems on this machine",
              "Start a durable engine (temporal server start-dev --db-filename signalbox.db), name"
                  + " it in TEMPORAL_ADDRESS and start `signalbox worker`."));
    }
  }
}
