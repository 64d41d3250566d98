package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.ApprovalMessage;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.approval.DecisionReply;
import dev.signalbox.workflows.approval.ProofActivities;
import dev.signalbox.workflows.approval.ProofActivities.ProofQuery;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflowImpl;
import dev.signalbox.workflows.deploy.MigrateWorkflowImpl;
import dev.signalbox.workflows.deploy.RailwayStage;
import dev.signalbox.workflows.deploy.RestoreWorkflowImpl;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.EnvironmentWorkflowImpl;
import dev.signalbox.workflows.environment.LedgerActivities;
import dev.signalbox.workflows.environment.LedgerActivities.HolderState;
import dev.signalbox.workflows.environment.LedgerActivities.ToldDecision;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.environment.LedgerState;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.fixtures.DatabaseStage;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.fixtures.FactsFixture;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.fixtures.RestoreStage;
import dev.signalbox.workflows.gate.Facts;
import dev.signalbox.workflows.gate.FactsActivities;
import dev.signalbox.workflows.gate.FactsActivities.FactsQuery;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.LevelReport;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.notify.NotifyActivities.CardOrder;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import dev.signalbox.workflows.policy.Auto;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.sync.SyncWorkflow;
import dev.signalbox.workflows.sync.SyncWorkflowImpl;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The real ledger with the real promotion, deploy and migration; every outside system as told. */
final class WholeHouse extends AskedHouse implements AutoCloseable {
  static final String DEPLOY =
      MigrateAndDeployWorkflow.id(PipelineFixture.PROJECT, PipelineFixture.ENVIRONMENT);

  static final String MIGRATION =
      MigrationRunWorkflow.id(PipelineFixture.PROJECT, PipelineFixture.ENVIRONMENT);

  static final String RESTORE =
      RestoreRunWorkflow.id(PipelineFixture.PROJECT, PipelineFixture.ENVIRONMENT);

  private static final TaskQueues QUEUES = new TaskQueues(PipelineFixture.PROJECT);
  private static final String LEDGER =
      EnvironmentWorkflow.id(PipelineFixture.PROJECT, PipelineFixture.ENVIRONMENT);

  private final TestWorkflowEnvironment engine = Engine.fresh();
  private final DatabaseStage database = new DatabaseStage();
  private final RestoreStage restores = new RestoreStage(database);
  private final RailwayStage railway = new RailwayStage(engine);
  private final List<Notice> notices = new CopyOnWriteArrayList<>();
  final List<CardOrder> cards = new CopyOnWriteArrayList<>();
  private final List<PromotionStatus> seen = new ArrayList<>();
  private final EnvironmentWorkflow ledger;
  private final AtomicInteger policyReads = new AtomicInteger();
  private volatile PipelineFixture pipeline;
  private volatile Facts shown;
  private FactsFixture look = aLook().withLive(RailwayStage.GOOD);
  private final StagedHealth health = new StagedHealth(this::now);
  private final StagedGitHub staged;
  private Consumer<String> meanwhile = operation -> {};

  WholeHouse(PipelineFixture pipeline) {
    this.pipeline = pipeline;
    this.staged = new StagedGitHub(() -> meanwhile.accept("merge"));
    GitHubActivities github = staged.activities();
    NotifyActivities notify =
        Engine.knowing(
            NotifyActivities.class,
            Map.of("tell", any -> told((Notice) any), "showCard", any -> shown((CardOrder) any)));
    Worker workflows = engine.newWorker(QUEUES.workflows());
    workflows.registerWorkflowImplementationTypes(
        EnvironmentWorkflowImpl.class,
        PromotionWorkflowImpl.class,
        MigrateAndDeployWorkflowImpl.class,
        MigrateWorkflowImpl.class,
        RestoreWorkflowImpl.class,
        RestoreRunWorkflowImpl.class,
        MigrationRunWorkflowImpl.class,
        SyncWorkflowImpl.class);
    workflows.registerActivitiesImplementations(
        Engine.knowing(
            PolicyActivities.class, Map.of("read", any -> readPolicy(), "auto", any -> Auto.OFF)),
        Engine.knowing(FactsActivities.class, "read", FactsQuery.class, this::looked),
        Engine.knowing(ProofActivities.class, "holds", ProofQuery.class, WholeHouse::proves),
        Engine.knowing(
            LedgerActivities.class,
            Map.of(
                "inspect", any -> new HolderState(false, false, null, false),
                "tell", told -> entered((ToldDecision) told))),
        github,
        notify);
    engine.newWorker(QUEUES.github()).registerActivitiesImplementations(github, staged.sync());
    engine.newWorker(QUEUES.notices()).registerActivitiesImplementations(notify);
    engine.newWorker(QUEUES.railway()).registerActivitiesImplementations(railway.activities());
    engine
        .newWorker(QUEUES.migration())
        .registerActivitiesImplementations(
            database.migrations(), database.backups(), restores.activities());
    engine.newWorker(QUEUES.health()).registerActivitiesImplementations(health.activities());
    engine.start();
    ledger =
        engine
            .getWorkflowClient()
            .newWorkflowStub(
                EnvironmentWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(LEDGER)
                    .setTaskQueue(QUEUES.workflows())
                    .build());
    WorkflowStub.fromTyped(ledger)
        .start(LedgerState.empty(PipelineFixture.PROJECT, PipelineFixture.ENVIRONMENT));
  }

  StagedGitHub github() {
    return staged;
  }

  StagedHealth health() {
    return health;
  }

  /** What happens meanwhile: {@code look}, {@code merge}, {@code card}, or what people are told. */
  void meanwhile(Consumer<String> happens) {
    meanwhile = happens;
  }

  private Object entered(ToldDecision told) {
    stub(LEDGER).signal("decided", told.decision());
    return null;
  }

  private Object told(Notice notice) {
    notices.add(notice);
    meanwhile.accept(notice.event().name());
    return null;
  }

  private String shown(CardOrder order) {
    cards.add(order);
    meanwhile.accept("card");
    return "1700000000." + cards.size();
  }

  private Facts looked(FactsQuery query) {
    meanwhile.accept("look");
    Facts now = look.build();
    if (query.unlike() != null && now.equals(shown)) {
      throw ApplicationFailure.newFailure("nothing has changed", "Unchanged");
    }
    shown = now;
    return now;
  }

  DatabaseStage database() {
    return database;
  }

  RestoreStage restores() {
    return restores;
  }

  RailwayStage railway() {
    return railway;
  }

  List<Notice> notices() {
    return List.copyOf(notices);
  }

  void policy(PipelineFixture other) {
    pipeline = other;
  }

  /**
   * The same, and a worker has noticed it. Returns when a run that waits has read it.
   *
   * @param other null = with a mistake
   */
  void policyChanges(PipelineFixture other) {
    policy(other);
    int read = policyReads.get();
    ledger.hint(Hint.ofPolicy(UUID.randomUUID().toString()));
    until(Duration.ofSeconds(10), () -> policyReads.get() > read);
  }

  private Pipeline readPolicy() {
    try {
      if (pipeline == null) {
        throw ApplicationFailure.newNonRetryableFailure("it has a mistake", "InvalidPolicy");
      }
      return pipeline.build();
    } finally {
      policyReads.incrementAndGet();
    }
  }

  void look(FactsFixture other) {
    look = other;
  }

  @Override
  EnvironmentWorkflow ledger() {
    return ledger;
  }

  @Override
  int looks() {
    return seen.size();
  }

  // ---- what came of it

  DeployResult restored() {
    return Engine.result(engine, RESTORE, DeployResult.class);
  }

  /** The gateway of this house signs with the name of who spoke. */
  private static boolean proves(ProofQuery query) {
    return query.proof().equals("proof of " + query.words().person());
  }

  void cancel(String id) {
    stub(id).cancel();
  }

  PromotionResult promoted() {
    return Engine.result(engine, OnePromotion.id(), PromotionResult.class);
  }

  /** What goes on after the release came to. */
  LevelReport levelledLater() {
    return Engine.result(
        engine,
        SyncWorkflow.laterId(PipelineFixture.PROJECT, PipelineFixture.ENVIRONMENT),
        LevelReport.class);
  }

  DeployResult migrated() {
    return Engine.result(engine, MIGRATION, DeployResult.class);
  }

  private WorkflowStub stub(String id) {
    return engine.getWorkflowClient().newUntypedWorkflowStub(id);
  }

  LedgerRecord record() {
    return ledger.record(REVISION);
  }

  LedgerStatus status() {
    return ledger.status();
  }

  void pass(Duration time) {
    engine.sleep(time);
  }

  void after(Duration time, Runnable what) {
    engine.registerDelayedCallback(time, what);
  }

  // ---- answering

  /** What the Temporal UI shows of a run beside its history. */
  String currentDetails(String id) {
    return stub(id)
        .query("__temporal_workflow_metadata", WorkflowMetadata.class)
        .getCurrentDetails();
  }

  PromotionStatus at(String id) {
    PromotionStatus status = stub(id).query("status", PromotionStatus.class);
    seen.add(status);
    return status;
  }

  /** What it asks, once its work on a busy machine has come so far: the clock skips ahead of it. */
  Ask asked(String id, Duration step) {
    List<Ask> asks = List.of();
    for (int looks = 0; asks.isEmpty() && looks < 100; looks++) {
      pass(step);
      asks = at(id).asks();
    }
    return asks.get(0);
  }

  /** The same, once it asks anew. */
  Ask asked(String id, Duration step, String unlike) {
    Ask ask = asked(id, step);
    for (int looks = 0; ask.id().equals(unlike) && looks < 100; looks++) {
      pass(step);
      ask = asked(id, step);
    }
    return ask;
  }

  /** Waits until it is so. */
  void until(Duration step, BooleanSupplier so) {
    for (int looks = 0; !so.getAsBoolean() && looks < 100; looks++) {
      pass(step);
    }
  }

  /** Waits until it has come so far. */
  void inState(String id, String state, Duration step) {
    until(step, () -> at(id).state().equals(state));
  }

  void approve(String id) {
    say(id, "approve");
  }

  /** Said once it asks. */
  void say(String id, String verdict) {
    untilAsked(id);
    Ask ask = at(id).asks().get(0);
    stub(id)
        .signal(
            verdict,
            new ApprovalMessage(ask.digest(), "ana", "because", ask.id(), null, null, null));
  }

  private void untilAsked(String id) {
    until(Duration.ofMinutes(1), () -> !at(id).asks().isEmpty());
  }

  /** Said once it asks. */
  void resolve(String id, String answer) {
    untilAsked(id);
    stub(id).signal("resolve", new AnswerMessage(null, answer, "ana", "seen", null, null, null));
  }

  void signal(String id, String name, Object message) {
    stub(id).signal(name, message);
  }

  /** As our client says it. */
  DecisionReply decide(String id, DecideMessage message) {
    return stub(id).update("decide", DecisionReply.class, message);
  }

  /** As Temporal's UI sends it from an empty form. */
  void emptySignal(String id, String name) {
    stub(id).signal(name);
  }

  /** What the engine has of a run, as JSON. */
  String history(String id) {
    return engine.getWorkflowClient().fetchHistory(id).toJson(true);
  }

  Instant now() {
    return Instant.ofEpochMilli(engine.currentTimeMillis());
  }

  @Override
  public void close() {
    engine.close();
  }
}
