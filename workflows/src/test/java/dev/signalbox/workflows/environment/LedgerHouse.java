package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static dev.signalbox.workflows.environment.RunReportFixture.workflowId;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.ProofActivities;
import dev.signalbox.workflows.approval.ProofActivities.ProofQuery;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.environment.LedgerActivities.HolderQuery;
import dev.signalbox.workflows.environment.LedgerActivities.HolderState;
import dev.signalbox.workflows.environment.LedgerActivities.RunQuery;
import dev.signalbox.workflows.environment.LedgerActivities.SaidDecisions;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.github.EndOfRun.MadeBranch;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import dev.signalbox.workflows.policy.Auto;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.rollback.RollbackRequest;
import dev.signalbox.workflows.rollback.RollbackWorkflow;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A ledger with the promotions that it starts, on an engine of its own; the outside systems answer
 * as told.
 */
@Execution(ExecutionMode.CONCURRENT)
abstract class LedgerHouse {
  static final Duration A_MOMENT = Duration.ofSeconds(5);
  static final Duration LONG_ENOUGH_FOR_ONE = Duration.ofMinutes(2);
  static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  static final String LEDGER = EnvironmentWorkflow.id("inspector", "production");
  static final String PROOF = "a proof";
  static final String DEPLOY = MigrateAndDeployWorkflow.id("inspector", "production");
  final TaskQueues queues = new TaskQueues("inspector");
  final LedgerGitHub github = new LedgerGitHub();
  final List<Notice> notices = new CopyOnWriteArrayList<>();
  volatile boolean engineAnswers = true;
  volatile DeployResult deployed;
  volatile List<RunDecision> said = List.of();
  volatile boolean deployLost;
  volatile Auto auto = Auto.OFF;
  volatile Pipeline pipeline = aPipeline().build();
  volatile Instant onRailwaySince = Instant.parse("2026-11-01T12:00:00Z");
  volatile List<String> onRailway = Arrays.asList(revision(900), revision(901));
  TestWorkflowEnvironment engine;
  WorkflowClient client;

  @BeforeEach
  void aWorkerServesTheProject() {
    engine = Engine.fresh();
    client = engine.getWorkflowClient();
    Worker worker = engine.newWorker(queues.workflows());
    worker.registerWorkflowImplementationTypes(
        EnvironmentWorkflowImpl.class, HoldingPromotion.class, QuickRollback.class);
    worker.registerActivitiesImplementations(
        Engine.knowing(
            PolicyActivities.class, Map.of("read", query -> pipeline, "auto", query -> auto)),
        Engine.knowing(
            ProofActivities.class,
            "holds",
            ProofQuery.class,
            query -> query.proof().equals(PROOF) && query.words().promotionId().equals(LEDGER)),
        Engine.knowing(
            LedgerActivities.class,
            Map.of(
                "inspect",
                query -> inspect((HolderQuery) query),
                "decisions",
                query -> new SaidDecisions(said),
                "madeBranch",
                query ->
                    new MadeBranch("promote/" + ((RunQuery) query).runId(), revision(1), true))));
    engine
        .newWorker(queues.notices())
        .registerActivitiesImplementations(
            Engine.knowing(NotifyActivities.class, "tell", Notice.class, notices::add));
    engine.newWorker(queues.github()).registerActivitiesImplementations(github.activities());
    engine
        .newWorker(queues.railway())
        .registerActivitiesImplementations(
            Engine.knowing(
                RailwayActivities.class,
                "readEnvironment",
                EnvironmentQuery.class,
                query -> environment()));
    engine.start();
  }

  @AfterEach
  void theEngineEnds() {
    github.answers.countDown();
    engine.close();
  }

  static LedgerAsk promote(int number) {
    return new LedgerAsk(
        "r-" + number,
        LedgerRequest.Kind.PROMOTE,
        revision(number),
        null,
        HoldingPromotion.A_WHILE,
        null);
  }

  /** As a client does: again with the same id while the ledger turns its page. */
  RequestAnswer ask(LedgerAsk ask) {
    return ask(ask, ask.requestId());
  }

  RequestAnswer ask(LedgerAsk ask, String updateId) {
    RequestAnswer answer = askOnce(ask, updateId);
    while (answer.retry()) {
      pause();
      answer = askOnce(ask, updateId);
    }
    return answer;
  }

  RequestAnswer askOnce(LedgerAsk ask) {
    return askOnce(ask, ask.requestId());
  }

  RequestAnswer askOnce(LedgerAsk ask, String updateId) {
    EnvironmentWorkflow ledger =
        client.newWorkflowStub(
            EnvironmentWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(LEDGER)
                .setTaskQueue(queues.workflows())
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .build());
    return WorkflowClient.executeUpdateWithStart(
        ledger::request,
        ask.request(),
        UpdateOptions.<RequestAnswer>newBuilder()
            .setUpdateId(updateId)
            .setWaitForStage(WorkflowUpdateStage.COMPLETED)
            .build(),
        new WithStartWorkflowOperation<>(
            ledger::run, LedgerState.empty("inspector", "production")));
  }

  static DeployResult deployResult(int number, Result result, int live) {
    return new DeployResult(
        "run",
        revision(number),
        result,
        result.word(),
        null,
        new LiveSet(revision(live), null, Instant.EPOCH, List.of()),
        false,
        false,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  void wentLive(int number) {
    ask(promote(number));
    comesTrue(
        LONG_ENOUGH_FOR_ONE,
        () -> assertThat(status().live().revision()).isEqualTo(revision(number)));
  }

  void holdsForAnHour(int number) {
    ask(promote(number).because(HoldingPromotion.AN_HOUR));
    comesTrue(() -> assertThatItHolds(number));
    comesTrue(
        () ->
            assertThat(events(workflowId(number)))
                .as("it has heard of that")
                .contains(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
                .endsWith(EventType.EVENT_TYPE_TIMER_STARTED));
  }

  void waits(int number) {
    waits(promote(number));
  }

  /** It stands in the queue: it has not only been started, it has asked for the lease too. */
  void waits(LedgerAsk promotion) {
    int before = status().messages();
    ask(promotion);
    awaitMessages(before + 2);
  }

  void assertThatItHolds(int number) {
    assertThat(status().holder().workflowId()).isEqualTo(workflowId(number));
  }

  /** Not in the middle of a task: the engine would wait for that for ever, and its clock too. */
  void terminate(String workflowId) {
    comesTrue(() -> assertThat(events(workflowId)).endsWith(EventType.EVENT_TYPE_TIMER_STARTED));
    client.newUntypedWorkflowStub(workflowId).terminate("out of patience");
  }

  private List<EventType> events(String workflowId) {
    return client.fetchHistory(workflowId).getEvents().stream()
        .map(HistoryEvent::getEventType)
        .toList();
  }

  void aDeployRuns() {
    WorkflowClient.start(
        client.newWorkflowStub(
                RollbackWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(DEPLOY)
                    .setTaskQueue(queues.workflows())
                    .build())
            ::run,
        new RollbackRequest(
            "inspector",
            "production",
            new LiveSet(revision(1), null, Instant.EPOCH, List.of()),
            null,
            "ana",
            "part of a promotion",
            1));
  }

  /** Messages that change nothing but the page. */
  void sayNothing(int times) {
    EnvironmentWorkflow ledger = client.newWorkflowStub(EnvironmentWorkflow.class, LEDGER);
    LeaseRelease nothing = new LeaseRelease("nobody", "nobody", 0);
    ExecutorService people = Executors.newFixedThreadPool(8);
    CompletableFuture.allOf(
            Stream.generate(
                    () -> CompletableFuture.runAsync(() -> ledger.leaseReleased(nothing), people))
                .limit(times)
                .toArray(CompletableFuture[]::new))
        .whenComplete((said, failed) -> people.shutdown())
        .join();
  }

  void awaitMessages(int number) {
    await(() -> known(LEDGER) && status().messages() >= number);
  }

  void await(BooleanSupplier news) {
    comesTrue(() -> assertThat(news.getAsBoolean()).isTrue());
  }

  /**
   * What the tasks of other workflows bring about, which on a busy machine have their turn late.
   */
  void comesTrue(Runnable claim) {
    comesTrue(Duration.ZERO, claim);
  }

  /**
   * As above, of what stays true once it is so: the clock moves on by a step before every look, for
   * whatever was begun late waits as long from then on.
   */
  void comesTrue(Duration step, Runnable claim) {
    Instant until = Instant.now().plus(LONGEST_WAIT);
    while (true) {
      if (!step.isZero()) {
        engine.sleep(step);
      }
      try {
        claim.run();
        return;
      } catch (AssertionError | RuntimeException notYet) {
        if (Instant.now().isAfter(until)) {
          throw notYet;
        }
        pause();
      }
    }
  }

  static void pause() {
    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
  }

  LedgerStatus status() {
    return client.newWorkflowStub(EnvironmentWorkflow.class, LEDGER).status();
  }

  String page() {
    return client.newUntypedWorkflowStub(LEDGER).describe().getExecution().getRunId();
  }

  /** Backend and frontend on these commits; none at all = Railway refuses. */
  EnvironmentState environment() {
    if (onRailway.isEmpty()) {
      throw ApplicationFailure.newNonRetryableFailure("Not Authorized", "Rejected");
    }
    return new EnvironmentState(
        "e-1",
        List.of(running("backend", onRailway.get(0)), running("frontend", onRailway.get(1))),
        "f",
        null);
  }

  ServiceState running(String service, String commit) {
    ServiceDeployment active =
        new ServiceDeployment(service, "d-" + service, commit, true, onRailwaySince);
    return new ServiceState(service, "s-" + service, active, active, null, null, null);
  }

  HolderState inspect(HolderQuery query) {
    if (!engineAnswers) {
      throw ApplicationFailure.newNonRetryableFailure("another project", "Rejected");
    }
    return new HolderState(
        closed(query.workflowId(), query.runId()),
        closed(query.deployId(), ""),
        deployed,
        deployLost);
  }

  boolean known(String workflowId) {
    return status(workflowId, "") != null;
  }

  boolean closed(String workflowId, String runId) {
    return status(workflowId, runId) != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  /** null = the engine does not know it. */
  WorkflowExecutionStatus status(String workflowId, String runId) {
    try {
      return engine
          .getWorkflowServiceStubs()
          .blockingStub()
          .describeWorkflowExecution(
              DescribeWorkflowExecutionRequest.newBuilder()
                  .setNamespace(engine.getNamespace())
                  .setExecution(
                      WorkflowExecution.newBuilder().setWorkflowId(workflowId).setRunId(runId))
                  .build())
          .getWorkflowExecutionInfo()
          .getStatus();
    } catch (StatusRuntimeException failure) {
      if (failure.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return null;
      }
      throw failure;
    }
  }

  /**
   * Not in the common pool, which the test server needs: on two cores it has one thread, and from
   * JDK 25 on no other for what blocks.
   */
  static void apart(Runnable task) {
    new Thread(task, "asking").start();
  }
}
