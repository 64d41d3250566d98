package dev.signalbox.starter;

import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.arrival.ArrivalReport;
import dev.signalbox.workflows.arrival.ArrivalRequest;
import dev.signalbox.workflows.arrival.ArrivalWorkflow;
import dev.signalbox.workflows.effect.Systems;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.LedgerArchive.PagesQuery;
import dev.signalbox.workflows.environment.LedgerArchive.PagesReading;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.PagesWorkflow;
import dev.signalbox.workflows.github.LevelReport;
import dev.signalbox.workflows.logs.LogsReport;
import dev.signalbox.workflows.logs.LogsRequest;
import dev.signalbox.workflows.logs.LogsWorkflow;
import dev.signalbox.workflows.plan.PlanReport;
import dev.signalbox.workflows.plan.PlanReport.ForeignDeployments;
import dev.signalbox.workflows.plan.PlanReport.RollbackOutlook;
import dev.signalbox.workflows.plan.PlanRequest;
import dev.signalbox.workflows.plan.PlanWorkflow;
import dev.signalbox.workflows.plan.SchemaReport;
import dev.signalbox.workflows.plan.SchemaRequest;
import dev.signalbox.workflows.plan.SchemaWorkflow;
import dev.signalbox.workflows.plan.WayBack;
import dev.signalbox.workflows.sync.SyncRequest;
import dev.signalbox.workflows.sync.SyncWorkflow;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;

/** Lets a worker ask outside systems and answer; changes no environment. */
final class PlanClient {
  private static final Duration PLAN = Duration.ofMinutes(2);

  /** A person waits: less than the ten seconds after which something is not reached. */
  private static final Duration INTERACTIVE = Duration.ofSeconds(8);

  /** A verification that has begun is waited for. */
  private static final Duration VERIFYING = Duration.ofMinutes(6);

  private static final String CHECK =
      "Check the commit, the token and the address; the worker's .signalbox/signalbox.log has the"
          + " whole story.";

  private final EngineCalls calls;
  private volatile boolean othersAnswered;

  PlanClient(EngineCalls calls) {
    this.calls = calls;
  }

  /**
   * What a promotion would do; reads only.
   *
   * @param revision null = the head of the source branch
   * @param service the one that would be deployed alone; null = all
   */
  PlanReport plan(
      String environment, String revision, String service, Optional<LedgerStatus> ledger) {
    PlanRequest request =
        new PlanRequest(
            calls.project(), environment, revision, ledger.orElse(null), false, service);
    try {
      return planned(request, PLAN);
    } catch (TimeoutException noAnswer) {
      throw new TroubleException(
          calls.noWorker("plan", EnvironmentWorkflow.id(calls.project(), environment)), noAnswer);
    } catch (WorkflowException failed) {
      throw new TroubleException(ReadTrouble.of("Planning", environment, failed, CHECK), failed);
    }
  }

  /**
   * Whether a rollback could put the former set back now, and what somebody else has deployed
   * since; unknown when nobody says so in time.
   *
   * @param ledger null = there is none yet
   * @param patience how long a worker and Railway may take
   */
  PlanReport standing(String environment, LedgerStatus ledger, Duration patience) {
    Optional<RollbackOutlook> onRecord = WayBack.onRecord(ledger);
    if (onRecord.isPresent() && (ledger == null || ledger.live() == null)) {
      return PlanReport.wayBack(
          environment, onRecord.get(), null, new ForeignDeployments(List.of()));
    }
    try {
      return planned(PlanRequest.wayBack(calls.project(), environment, ledger), patience);
    } catch (TimeoutException | TroubleException | WorkflowException noAnswer) {
      RollbackOutlook unread = RollbackOutlook.of("unknown", "Railway was not read in time");
      return PlanReport.wayBack(environment, onRecord.orElse(unread), null, null);
    }
  }

  /** By deployment of the sets to go back to: whether Railway has its image; absent = not known. */
  Map<String, Boolean> keptImages(LedgerStatus ledger) {
    try {
      return planned(PlanRequest.wayBack(calls.project(), ledger.name(), ledger), INTERACTIVE)
          .kept();
    } catch (TimeoutException | TroubleException | WorkflowException noAnswer) {
      return Map.of();
    }
  }

  private PlanReport planned(PlanRequest request, Duration longest) throws TimeoutException {
    String id = PlanWorkflow.id(calls.project(), request.environment(), unique());
    PlanWorkflow plan = stub(PlanWorkflow.class, id, PLAN);
    calls.calling("plan", id, () -> WorkflowClient.start(plan::run, request));
    PlanReport planned =
        Deadline.within(longest, () -> WorkflowStub.fromTyped(plan).getResult(PlanReport.class));
    calls.answered();
    return planned;
  }

  /**
   * What is pending on a database; the project's Python may have to be made first.
   *
   * @throws TroubleException exit 3, when nobody answered; exit 1, when it was refused
   */
  SchemaReport schema(SchemaRequest request) {
    String tried = "Reading the schema";
    String id = SchemaWorkflow.id(calls.project(), request.environment(), unique());
    SchemaWorkflow schema = stub(SchemaWorkflow.class, id, PLAN);
    calls.calling("plan", id, () -> WorkflowClient.start(schema::run, request));
    try {
      SchemaReport report =
          Deadline.within(PLAN, () -> WorkflowStub.fromTyped(schema).getResult(SchemaReport.class));
      calls.answered();
      return report;
    } catch (TimeoutException noAnswer) {
      throw new TroubleException(silence(tried, request.environment(), id), noAnswer);
    } catch (WorkflowException failed) {
      throw new TroubleException(
          ReadTrouble.of(tried, request.environment(), failed, CHECK), failed);
    }
  }

  /** The newest log lines; with patience in the request the answer comes when there is one. */
  LogsReport logs(LogsRequest request) {
    String id = LogsWorkflow.id(calls.project(), request.environment(), unique());
    Duration longest = request.patience().plus(INTERACTIVE);
    LogsWorkflow logs = stub(LogsWorkflow.class, id, longest.plus(PLAN));
    return read(
        "Reading the logs",
        request.environment(),
        id,
        () -> WorkflowClient.start(logs::run, request),
        () -> WorkflowStub.fromTyped(logs).getResult(LogsReport.class),
        longest);
  }

  /**
   * Whether a commit has arrived; answered when it has, has failed, or the request's time is up.
   */
  ArrivalReport arrival(ArrivalRequest request) {
    String id = ArrivalWorkflow.id(calls.project(), request.environment(), unique());
    ArrivalWorkflow arrival = stub(ArrivalWorkflow.class, id, request.longest().plus(VERIFYING));
    return read(
        "Looking for the commit",
        request.environment(),
        id,
        () -> WorkflowClient.start(arrival::run, request),
        () -> WorkflowStub.fromTyped(arrival).getResult(ArrivalReport.class),
        request.longest().plus(VERIFYING));
  }

  /** Pages of a ledger's history that lie in the archive. */
  PagesReading pages(PagesQuery query) {
    String id = PagesWorkflow.id(calls.project(), query.environment(), unique());
    PagesWorkflow pages = stub(PagesWorkflow.class, id, PLAN);
    return read(
        "Reading the earlier history",
        query.environment(),
        id,
        () -> WorkflowClient.start(pages::run, query),
        () -> WorkflowStub.fromTyped(pages).getResult(PagesReading.class),
        INTERACTIVE);
  }

  /** The source branch brought level; who asks while somebody else's order runs joins that. */
  LevelReport sync(String environment) {
    String id = SyncWorkflow.id(calls.project(), environment);
    SyncWorkflow sync =
        calls
            .client()
            .newWorkflowStub(
                SyncWorkflow.class,
                calls
                    .options(id)
                    .setWorkflowExecutionTimeout(PLAN)
                    .setWorkflowIdConflictPolicy(
                        WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                    .build());
    return read(
        "Bringing the source level",
        environment,
        id,
        () -> WorkflowClient.start(sync::run, new SyncRequest(calls.project(), environment)),
        () -> WorkflowStub.fromTyped(sync).getResult(LevelReport.class),
        INTERACTIVE);
  }

  private <T> T read(
      String tried,
      String environment,
      String id,
      Callable<?> start,
      Callable<T> answer,
      Duration longest) {
    calls.calling("read", id, start);
    try {
      T said = othersAnswered ? within(longest, answer) : firstWithin(longest, answer, id);
      calls.answered();
      othersAnswered = true;
      return said;
    } catch (TimeoutException noAnswer) {
      throw new TroubleException(silence(tried, environment, id), noAnswer);
    } catch (WorkflowException failed) {
      throw new TroubleException(ReadTrouble.of(tried, environment, failed, CHECK), failed);
    }
  }

  private <T> T within(Duration longest, Callable<T> answer) throws TimeoutException {
    return Deadline.within(calls.patience().ofWork(longest), answer);
  }

  /** Gives up sooner; but services that are being looked at show that everybody else answered. */
  private <T> T firstWithin(Duration longest, Callable<T> answer, String id)
      throws TimeoutException {
    try {
      return Deadline.within(calls.patience().ofFirstReading(), answer);
    } catch (TimeoutException noAnswer) {
      if (calls.pendingActivities(id).stream()
          .flatMap(List::stream)
          .map(Systems::of)
          .noneMatch(Systems.SERVICES::equals)) {
        throw noAnswer;
      }
      return within(longest, answer);
    }
  }

  /**
   * Whoever the run waits for is away; where it waits for nobody, no worker goes on with it. Where
   * the engine does not say for whom, that is all that is known.
   */
  private Trouble silence(String tried, String environment, String id) {
    Optional<List<String>> pending = calls.pendingActivities(id);
    if (pending.isEmpty()) {
      return Trouble.notReached(
          tried,
          environment,
          "there was no answer in time, and the engine does not say for whom it waits",
          CHECK);
    }
    return pending.get().stream()
        .map(Systems::of)
        .findFirst()
        .map(
            system ->
                Trouble.notReached(tried, environment, system + " did not answer in time", CHECK))
        .orElseGet(
            () -> calls.noWorker("read", EnvironmentWorkflow.id(calls.project(), environment)));
  }

  private <T> T stub(Class<T> workflow, String id, Duration longest) {
    return calls
        .client()
        .newWorkflowStub(workflow, calls.options(id).setWorkflowExecutionTimeout(longest).build());
  }

  private static String unique() {
    return UUID.randomUUID().toString();
  }
}
