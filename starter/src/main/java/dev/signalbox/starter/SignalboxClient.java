package dev.signalbox.starter;

import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.ApprovalMessage;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.approval.DecisionReply;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.LedgerRequest;
import dev.signalbox.workflows.environment.LedgerState;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.plan.PlanReport;
import dev.signalbox.workflows.plan.PlanReport.RollbackOutlook;
import dev.signalbox.workflows.plan.PlanRequest;
import dev.signalbox.workflows.plan.PlanWorkflow;
import dev.signalbox.workflows.plan.WayBack;
import dev.signalbox.workflows.promotion.PromotionStatus;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.workflow.v1.PendingChildExecutionInfo;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;

/**
 * Every start, update, signal and query that we send, typed. Its failures are {@link
 * TroubleException}s: they tell an engine that does not answer from one that has no worker.
 *
 * <p>Safe for use by several threads.
 */
public final class SignalboxClient {
  /** How long a query or a decision may take before no worker is assumed. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * The server's failure type of an update that it accepted for a run which then closed; its text:
   * "Workflow Update failed because the Workflow completed before the Update completed."
   */
  private static final String ACCEPTED_BY_AN_ENDED_PAGE = "AcceptedUpdateCompletedWorkflow";

  private static final Duration PING = Duration.ofSeconds(2);
  private static final Duration REQUEST = Duration.ofSeconds(30);
  private static final Duration PLAN = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final EngineConnection engine;
  private final String project;
  private volatile boolean workerless;

  /**
   * @param project as {@code [project] name} gives it
   */
  public SignalboxClient(EngineConnection engine, String project) {
    this.engine = engine;
    this.project = project;
  }

  public String project() {
    return project;
  }

  /** Asks for a promotion; a new request each time, whose retries are one to the ledger. */
  public RequestAnswer promote(
      String environment, String revision, String requester, String reason) {
    return request(
        environment,
        new LedgerRequest(
            UUID.randomUUID().toString(),
            LedgerRequest.Kind.PROMOTE,
            revision,
            null,
            requester,
            reason));
  }

  /**
   * Asks for a rollback by hand.
   *
   * @param deployment null = the set before the present one
   */
  public RequestAnswer rollback(
      String environment, String deployment, String requester, String reason) {
    return request(
        environment,
        new LedgerRequest(
            UUID.randomUUID().toString(),
            LedgerRequest.Kind.ROLLBACK,
            null,
            deployment,
            requester,
            reason));
  }

  /**
   * Asks the ledger; one that has ended is started with the request. While the ledger turns its
   * page, asks again with the same request id, so that the request counts once.
   *
   * @throws TroubleException exit 3, when no worker answers or none ever opened the ledger
   */
  public RequestAnswer request(String environment, LedgerRequest request) {
    requireWorker(environment);
    Instant deadline = Instant.now().plus(REQUEST);
    while (true) {
      Optional<RequestAnswer> answer = ask(environment, request);
      if (answer.isPresent() && !answer.get().retry()) {
        return answer.get();
      }
      if (Instant.now().isAfter(deadline)) {
        throw new TroubleException(
            noWorker("request", EnvironmentWorkflow.id(project, environment)));
      }
      Pause.of(PAUSE);
    }
  }

  /** What the ledger says; empty when no worker ever started it. */
  public Optional<LedgerStatus> ledger(String environment) {
    return query(EnvironmentWorkflow.id(project, environment), LedgerStatus.class);
  }

  /** Where a promotion, deploy or rollback stands; empty when the engine knows no such run. */
  public Optional<PromotionStatus> status(String workflowId) {
    return query(workflowId, PromotionStatus.class);
  }

  /**
   * What the engine alone knows of a run, with no worker: whether it runs, and its stage. Empty
   * when it knows no such run.
   */
  public Optional<Described> describe(String workflowId) {
    try {
      WorkflowExecutionDescription description =
          calling(
              "describe",
              workflowId,
              () -> engine.client().newUntypedWorkflowStub(workflowId).describe());
      return Optional.of(
          new Described(
              description.getStatus(), memo(description, "stage"), memo(description, "digest")));
    } catch (WorkflowNotFoundException unknown) {
      return Optional.empty();
    }
  }

  /**
   * @param stage as the run itself noted it last
   * @param digest what its approval is bound to, noted with the stage
   */
  public record Described(
      WorkflowExecutionStatus status, Optional<String> stage, Optional<String> digest) {
    public boolean running() {
      return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }
  }

  /** Whether the engine answered last and no worker did; a worker that answers ends that. */
  public boolean workerless() {
    return workerless;
  }

  /**
   * What the engine alone knows, with no worker: ids of the runs that this environment's ledger
   * started and that are still open, newest first. A ledger that has turned its page since is not
   * asked about the earlier ones.
   */
  public List<String> openRuns(String environment) {
    String ledger = EnvironmentWorkflow.id(project, environment);
    try {
      return calling(
          "describe",
          ledger,
          () ->
              engine
                  .client()
                  .newUntypedWorkflowStub(ledger)
                  .describe()
                  .getRawDescription()
                  .getPendingChildrenList()
                  .stream()
                  .sorted(
                      Comparator.comparing(PendingChildExecutionInfo::getInitiatedId).reversed())
                  .map(PendingChildExecutionInfo::getWorkflowId)
                  .toList());
    } catch (WorkflowNotFoundException neverOpened) {
      return List.of();
    }
  }

  /**
   * Takes a decision to its run: as an update, which is answered at once; and when no worker
   * answers in {@link #PATIENCE}, as a signal with the same decision id, which the engine keeps.
   *
   * @param message with its {@code decisionId} set
   */
  public Decided decide(String workflowId, DecideMessage message) {
    if (workerless) {
      // The silence was long enough: another one would only make the person wait twice.
      return record(workflowId, message);
    }
    try {
      DecisionReply reply =
          Deadline.within(
              PATIENCE,
              () ->
                  engine
                      .client()
                      .newUntypedWorkflowStub(workflowId)
                      .startUpdate(
                          UpdateOptions.newBuilder(DecisionReply.class)
                              .setUpdateName("decide")
                              .setUpdateId(message.decisionId())
                              .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                              .build(),
                          message)
                      .getResult());
      return new Decided(message.decisionId(), Optional.of(reply));
    } catch (WorkflowUpdateException refused) {
      return new Decided(
          message.decisionId(), Optional.of(new DecisionReply(false, cause(refused))));
    } catch (TimeoutException noAnswer) {
      return record(workflowId, message);
    } catch (WorkflowNotFoundException notOpen) {
      return notOpen(workflowId, message, notOpen);
    } catch (WorkflowException | StatusRuntimeException failure) {
      throw translated("decide", workflowId, failure);
    }
  }

  private Decided record(String workflowId, DecideMessage message) {
    try {
      signal(workflowId, message);
      return new Decided(message.decisionId(), Optional.empty());
    } catch (WorkflowNotFoundException notOpen) {
      return notOpen(workflowId, message, notOpen);
    }
  }

  private Decided notOpen(
      String workflowId, DecideMessage message, WorkflowNotFoundException notOpen) {
    if (describe(workflowId).isEmpty()) {
      throw new TroubleException(unknown(workflowId), notOpen);
    }
    return new Decided(
        message.decisionId(),
        Optional.of(new DecisionReply(false, "it has ended, nothing is asked any more")));
  }

  /** Asks a run to end; what that means is the run's own decision. */
  public void cancel(String workflowId) {
    try {
      calling(
          "cancel",
          workflowId,
          () -> {
            engine.client().newUntypedWorkflowStub(workflowId).cancel();
            return null;
          });
    } catch (WorkflowNotFoundException unknown) {
      throw new TroubleException(unknown(workflowId), unknown);
    }
  }

  /**
   * What a promotion would do; reads only.
   *
   * @param revision null = the head of the source branch
   */
  public PlanReport plan(String environment, String revision, Optional<LedgerStatus> ledger) {
    PlanRequest request =
        new PlanRequest(project, environment, revision, ledger.orElse(null), false);
    try {
      return planned(request, PLAN);
    } catch (TimeoutException noAnswer) {
      throw new TroubleException(
          noWorker("plan", EnvironmentWorkflow.id(project, environment)), noAnswer);
    } catch (WorkflowException failed) {
      throw new TroubleException(planFailed(environment, failed), failed);
    }
  }

  /**
   * Whether a rollback could put the former set back now; unknown when nobody says so in time.
   *
   * @param patience how long a worker and Railway may take
   */
  public RollbackOutlook wayBack(LedgerStatus ledger, Duration patience) {
    Optional<RollbackOutlook> onRecord = WayBack.onRecord(ledger);
    if (onRecord.isPresent()) {
      return onRecord.get();
    }
    try {
      return planned(new PlanRequest(project, ledger.name(), null, ledger, true), patience)
          .rollback();
    } catch (TimeoutException | TroubleException | WorkflowException noAnswer) {
      return new RollbackOutlook("unknown", "Railway was not read in time");
    }
  }

  private PlanReport planned(PlanRequest request, Duration longest) throws TimeoutException {
    String id = PlanWorkflow.id(project, request.environment(), UUID.randomUUID().toString());
    PlanWorkflow plan =
        engine
            .client()
            .newWorkflowStub(
                PlanWorkflow.class, options(id).setWorkflowExecutionTimeout(PLAN).build());
    calling("plan", id, () -> WorkflowClient.start(plan::run, request));
    return Deadline.within(longest, () -> WorkflowStub.fromTyped(plan).getResult(PlanReport.class));
  }

  /** Refused by who was reached (exit 1), or not reached (exit 3). */
  private static Trouble planFailed(String environment, WorkflowException failed) {
    String next =
        "Check the commit, the token and the address; the worker's .signalbox/signalbox.log has the"
            + " whole story.";
    return refused(failed)
        ? new Trouble(1, "Planning", environment, cause(failed), next)
        : Trouble.notReached(
            "Planning",
            environment,
            "GitHub or Railway did not answer in time (" + cause(failed) + ")",
            next);
  }

  private static boolean refused(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApplicationFailure application
          && FailureType.of(application.getType()) != null
          && FailureType.of(application.getType()).provesNothingHappened()
          && FailureType.of(application.getType()) != FailureType.RATE_LIMITED) {
        return true;
      }
    }
    return false;
  }

  private Optional<RequestAnswer> ask(String environment, LedgerRequest request) {
    String id = EnvironmentWorkflow.id(project, environment);
    EnvironmentWorkflow ledger =
        engine
            .client()
            .newWorkflowStub(
                EnvironmentWorkflow.class,
                options(id)
                    .setWorkflowIdConflictPolicy(
                        WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                    .build());
    try {
      return Optional.of(
          Deadline.within(
              REQUEST,
              () ->
                  WorkflowClient.executeUpdateWithStart(
                      ledger::request,
                      request,
                      UpdateOptions.newBuilder(RequestAnswer.class)
                          .setUpdateId(request.requestId())
                          .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                          .build(),
                      new WithStartWorkflowOperation<>(
                          ledger::run, LedgerState.empty(project, environment)))));
    } catch (TimeoutException noAnswer) {
      throw new TroubleException(noWorker("request", id), noAnswer);
    } catch (WorkflowUpdateException failed) {
      if (pageTurned(failed)) {
        return Optional.empty();
      }
      return Optional.of(refused(request, environment, failed));
    } catch (WorkflowNotFoundException pageTurned) {
      return Optional.empty();
    } catch (WorkflowException | StatusRuntimeException failure) {
      if (pageTurned(failure)) {
        return Optional.empty();
      }
      throw translated("request", id, failure);
    }
  }

  /**
   * What the ledger could not do: the person's mistake is a refusal, an outside system that is away
   * or a faulty policy is trouble.
   */
  private static RequestAnswer refused(
      LedgerRequest request, String environment, WorkflowUpdateException failed) {
    FailureType type =
        failed.getCause() instanceof ApplicationFailure known
            ? FailureType.of(known.getType())
            : null;
    if (type == FailureType.UNAVAILABLE || type == FailureType.RATE_LIMITED) {
      throw new TroubleException(
          Trouble.notReached(
              "Resolving the revision at GitHub",
              environment,
              cause(failed),
              "Nothing was started; try again when GitHub answers."),
          failed);
    }
    if (type == FailureType.INVALID_POLICY) {
      throw new TroubleException(
          Trouble.usage(
              "Reading the worker's policy",
              environment,
              cause(failed),
              "Correct the worker's signalbox.toml; it is read again at the next request."),
          failed);
    }
    return RequestAnswer.refused(request.revision(), cause(failed));
  }

  /** The ledger's query is the cheapest way to learn that no worker would take the request. */
  private void requireWorker(String environment) {
    if (ledger(environment).isEmpty()) {
      throw withoutWorker("request", EnvironmentWorkflow.id(project, environment));
    }
  }

  /** The engine answers, and no worker does, or none ever did. */
  public TroubleException withoutWorker(String what, String workflowId) {
    return new TroubleException(noWorker(what, workflowId));
  }

  private <T> Optional<T> query(String workflowId, Class<T> answer) {
    try {
      T answered =
          calling(
              "query",
              workflowId,
              () -> engine.client().newUntypedWorkflowStub(workflowId).query("status", answer));
      workerless = false;
      return Optional.of(answered);
    } catch (WorkflowNotFoundException unknown) {
      return Optional.empty();
    }
  }

  private void signal(String workflowId, DecideMessage message) {
    WorkflowStub run = engine.client().newUntypedWorkflowStub(workflowId);
    boolean approval =
        message.verdict().equals(Asks.APPROVE) || message.verdict().equals(Asks.REJECT);
    Object payload =
        approval
            ? new ApprovalMessage(
                message.digest(),
                message.person(),
                message.reason(),
                message.ask(),
                message.door(),
                message.decisionId(),
                message.proof())
            : new AnswerMessage(
                message.question(),
                message.verdict(),
                message.person(),
                message.reason(),
                message.door(),
                message.decisionId(),
                message.proof());
    calling(
        "signal",
        workflowId,
        () -> {
          run.signal(approval ? message.verdict() : "resolve", payload);
          return null;
        });
  }

  private <T> T calling(String what, String workflowId, Callable<T> call) {
    try {
      return Deadline.within(PATIENCE, call);
    } catch (TimeoutException noAnswer) {
      throw new TroubleException(silence(what, workflowId), noAnswer);
    } catch (WorkflowNotFoundException unknown) {
      throw unknown;
    } catch (WorkflowException | StatusRuntimeException failure) {
      throw translated(what, workflowId, failure);
    }
  }

  private TroubleException translated(String what, String workflowId, RuntimeException failure) {
    Status.Code code = code(failure);
    boolean silent =
        code == Status.Code.DEADLINE_EXCEEDED
            || code == Status.Code.UNAVAILABLE
            || code == Status.Code.CANCELLED
            || code == Status.Code.FAILED_PRECONDITION;
    if (silent) {
      return new TroubleException(silence(what, workflowId), failure);
    }
    return new TroubleException(
        Trouble.notReached(
            "Sending the " + what,
            workflowId,
            "the engine answered: " + cause(failure),
            "Check the namespace and the rights that Temporal's settings give."),
        failure);
  }

  private Trouble silence(String what, String workflowId) {
    if (EngineConnection.answers(engine.address(), PING)) {
      return noWorker(what, workflowId);
    }
    return Trouble.notReached(
        "Sending the " + what + " to " + workflowId,
        engine.address().address(),
        "no Temporal engine answers",
        "Start it, or name another one with --address or TEMPORAL_ADDRESS.");
  }

  private Trouble noWorker(String what, String workflowId) {
    workerless = true;
    String known =
        stage(workflowId).map(stage -> " (the engine alone knows: " + stage + ")").orElse("");
    return Trouble.notReached(
        "Sending the " + what + " to " + workflowId,
        engine.address().address(),
        "the engine answers, no worker does" + known,
        "Start `signalbox worker`.");
  }

  private Optional<String> stage(String workflowId) {
    try {
      WorkflowExecutionDescription description =
          Deadline.within(
              PING, () -> engine.client().newUntypedWorkflowStub(workflowId).describe());
      String status =
          description
              .getStatus()
              .name()
              .replace("WORKFLOW_EXECUTION_STATUS_", "")
              .toLowerCase(Locale.ROOT);
      return Optional.of(
          memo(description, "stage").map(stage -> status + ", stage " + stage).orElse(status));
    } catch (TimeoutException | RuntimeException unknown) {
      return Optional.empty();
    }
  }

  private static Optional<String> memo(WorkflowExecutionDescription description, String key) {
    return Optional.ofNullable((String) description.getMemo(key, String.class));
  }

  private static Trouble unknown(String workflowId) {
    return Trouble.usage(
        "Finding the run",
        workflowId,
        "the engine knows no such run, or it has ended",
        "`signalbox list` shows the runs.");
  }

  private WorkflowOptions.Builder options(String id) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setTaskQueue(new TaskQueues(project).workflows());
  }

  /**
   * Whether the ledger continued as new between taking a request and answering it: the page that
   * had accepted it ended, or is not there any more. Asking again is safe, the request id is kept.
   */
  private static boolean pageTurned(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApplicationFailure application
          && ACCEPTED_BY_AN_ENDED_PAGE.equals(application.getType())) {
        return true;
      }
    }
    Status.Code code = code(failure);
    return code == Status.Code.NOT_FOUND || code == Status.Code.ABORTED;
  }

  private static Status.Code code(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StatusRuntimeException status) {
        return status.getStatus().getCode();
      }
    }
    return Status.Code.UNKNOWN;
  }

  /** The innermost message that was written for people. */
  private static String cause(Throwable failure) {
    String message = failure.getMessage();
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ApplicationFailure application) {
        message = application.getOriginalMessage();
      } else if (cause instanceof ActivityFailure activity) {
        message = "no answer to " + activity.getActivityType();
      } else if (cause instanceof StatusRuntimeException status) {
        message = status.getStatus().getDescription();
      }
    }
    return message;
  }
}
