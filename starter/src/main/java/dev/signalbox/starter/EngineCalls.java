package dev.signalbox.starter;

import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.effect.Systems;
import dev.signalbox.workflows.effect.TokenAdvice;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;

/**
 * One engine, asked for one project. Its failures are {@link TroubleException}s: they tell an
 * engine that does not answer from one that has no worker.
 */
final class EngineCalls {
  /**
   * The server's failure type of an update that it accepted for a run which then closed; its text:
   * "Workflow Update failed because the Workflow completed before the Update completed."
   */
  private static final String ACCEPTED_BY_AN_ENDED_PAGE = "AcceptedUpdateCompletedWorkflow";

  private final EngineConnection engine;
  private final String project;
  private final Patience patience;
  private volatile boolean workerless;

  EngineCalls(EngineConnection engine, String project, Patience patience) {
    this.engine = engine;
    this.project = project;
    this.patience = patience;
  }

  Patience patience() {
    return patience;
  }

  String project() {
    return project;
  }

  /** Whether the engine lives in memory, and has no Schedules. */
  boolean testServer() {
    return engine.testServer();
  }

  WorkflowClient client() {
    return engine.client();
  }

  /** Whether the engine answered last and no worker did; a worker that answers ends that. */
  boolean workerless() {
    return workerless;
  }

  <T> T calling(String what, String workflowId, Callable<T> call) {
    try {
      return Deadline.within(patience.ofCall(), call);
    } catch (TimeoutException noAnswer) {
      throw new TroubleException(silence(what, workflowId), noAnswer);
    } catch (WorkflowNotFoundException unknown) {
      throw unknown;
    } catch (WorkflowException | StatusRuntimeException failure) {
      throw translated(what, workflowId, failure);
    }
  }

  /** A worker has answered: a query, an update or a reading. */
  void answered() {
    workerless = false;
    patience.answered();
  }

  <T> Optional<T> query(String workflowId, Class<T> answer) {
    return query(workflowId, "status", answer);
  }

  /** Another query than {@code status}. */
  <T> Optional<T> query(String workflowId, String name, Class<T> answer, Object... arguments) {
    try {
      T answered =
          calling(
              "query",
              workflowId,
              () ->
                  engine
                      .client()
                      .newUntypedWorkflowStub(workflowId)
                      .query(name, answer, arguments));
      answered();
      return Optional.ofNullable(answered);
    } catch (WorkflowNotFoundException unknown) {
      return Optional.empty();
    }
  }

  /**
   * What the engine alone knows of a run, with no worker: whether it runs, and its stage. Empty
   * when it knows no such run.
   */
  Optional<Described> describe(String workflowId) {
    try {
      WorkflowExecutionDescription description =
          calling(
              "describe",
              workflowId,
              () -> engine.client().newUntypedWorkflowStub(workflowId).describe());
      return Optional.of(
          new Described(
              description.getStatus(),
              memo(description, "stage"),
              memo(description, "digest"),
              memo(description, "ask"),
              Optional.ofNullable(description.getCloseTime())
                  .filter(at -> at.isAfter(Instant.EPOCH))));
    } catch (WorkflowNotFoundException unknown) {
      return Optional.empty();
    }
  }

  /** Types of the activities that a run waits for now; empty where the engine does not say. */
  Optional<List<String>> pendingActivities(String workflowId) {
    try {
      return Optional.of(
          Deadline.within(patience.ofLook(), () -> raw(workflowId)).stream()
              .map(pending -> pending.getActivityType().getName())
              .toList());
    } catch (TimeoutException | RuntimeException unknown) {
      return Optional.empty();
    }
  }

  /** The activities that a run waits for now; none where the engine knows no such run. */
  List<PendingActivityInfo> pending(String workflowId) {
    try {
      return calling("describe", workflowId, () -> raw(workflowId));
    } catch (WorkflowNotFoundException unknown) {
      return List.of();
    }
  }

  private List<PendingActivityInfo> raw(String workflowId) {
    return engine
        .client()
        .newUntypedWorkflowStub(workflowId)
        .describe()
        .getRawDescription()
        .getPendingActivitiesList();
  }

  List<HistoryEvent> history(String workflowId) {
    return calling(
        "history", workflowId, () -> engine.client().fetchHistory(workflowId).getEvents());
  }

  /** The engine answers, and no worker does, or none ever did. */
  TroubleException withoutWorker(String what, String workflowId) {
    return new TroubleException(noWorker(what, workflowId));
  }

  TroubleException translated(String what, String workflowId, RuntimeException failure) {
    if (failure instanceof WorkflowQueryException) {
      return new TroubleException(
          Trouble.notReached(
              "Sending the " + what + " to " + workflowId,
              engine.address().address(),
              "a worker took it and could not answer: " + WorkerTrace.words(cause(failure)),
              "Ask again: a worker that has just started answers anew. If it stays so, see that"
                  + " every worker is of the version that runs this project."),
          failure);
    }
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
    if (EngineConnection.answers(engine.address(), patience.ofLook())) {
      return noWorker(what, workflowId);
    }
    return Trouble.notReached(
        "Sending the " + what + " to " + workflowId,
        engine.address().address(),
        "no Temporal engine answers",
        "Start it, or name another one with --address or TEMPORAL_ADDRESS.");
  }

  Trouble noWorker(String what, String workflowId) {
    workerless = true;
    Instant now = Instant.now();
    Optional<WorkerPolls> polls =
        WorkerPolls.of(engine, new TaskQueues(project).workflows(), patience.ofLook());
    String known =
        stage(workflowId).map(stage -> " (the engine alone knows: " + stage + ")").orElse("");
    return Trouble.notReached(
        "Sending the " + what + " to " + workflowId,
        engine.address().address(),
        "the engine answers, no worker does" + polls.map(all -> all.words(now)).orElse("") + known,
        polls.filter(all -> all.goOn(now)).isPresent()
            ? "If it has been stopped since, start `signalbox worker`; if it still runs, ask again,"
                + " and look into its .signalbox/signalbox.log."
            : "Start `signalbox worker`.");
  }

  private Optional<String> stage(String workflowId) {
    try {
      WorkflowExecutionDescription description =
          Deadline.within(
              patience.ofLook(),
              () -> engine.client().newUntypedWorkflowStub(workflowId).describe());
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

  WorkflowOptions.Builder options(String id) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setTaskQueue(new TaskQueues(project).workflows());
  }

  /** What sort of failure a workflow ended an update with; null = one that is none of ours. */
  static FailureType type(WorkflowUpdateException failed) {
    return failed.getCause() instanceof ApplicationFailure known
        ? FailureType.of(known.getType())
        : null;
  }

  /**
   * Tells what could not be done because GitHub is away or takes no token from the worker.
   *
   * @param next what to do where it is away
   * @throws TroubleException exit 3 or 2, when one of them is so
   */
  static void atGitHub(String tried, String on, WorkflowUpdateException failed, String next) {
    FailureType type = type(failed);
    if (type == FailureType.UNAVAILABLE || type == FailureType.RATE_LIMITED) {
      throw new TroubleException(Trouble.notReached(tried, on, cause(failed), next), failed);
    }
    if (TokenAdvice.variable(cause(failed)).isPresent()) {
      throw new TroubleException(wrongToken(tried, on, cause(failed)), failed);
    }
  }

  /** Another system refused the worker's token: configuration, and the variable is named. */
  static Trouble wrongToken(String tried, String on, String message) {
    int advice = message.indexOf("; next: ");
    return Trouble.usage(
        tried,
        on,
        message.substring(0, advice),
        "In the worker's environment "
            + message.substring(advice + "; next: ".length())
            + ", and start the worker again.");
  }

  static Trouble unknown(String workflowId) {
    return Trouble.usage(
        "Finding the run",
        workflowId,
        "the engine knows no such run, or it has ended",
        "`signalbox list` shows the runs.");
  }

  /**
   * Whether the ledger continued as new between taking a request and answering it: the page that
   * had accepted it ended, or is not there any more. Asking again is safe, the request id is kept.
   */
  static boolean pageTurned(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApplicationFailure application
          && ACCEPTED_BY_AN_ENDED_PAGE.equals(application.getType())) {
        return true;
      }
    }
    Status.Code code = code(failure);
    return code == Status.Code.NOT_FOUND || code == Status.Code.ABORTED;
  }

  static Status.Code code(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StatusRuntimeException status) {
        return status.getStatus().getCode();
      }
    }
    return Status.Code.UNKNOWN;
  }

  /** Who was asked, where an activity failed. */
  static Optional<String> system(Throwable failure) {
    return activity(failure).map(activity -> Systems.of(activity.getActivityType()));
  }

  /** Who was late, where an activity failed because somebody was. */
  static Optional<String> lateness(Throwable failure) {
    return activity(failure).map(EngineCalls::late);
  }

  private static Optional<ActivityFailure> activity(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ActivityFailure activity) {
        return Optional.of(activity);
      }
    }
    return Optional.empty();
  }

  /**
   * Who was late. A server tells an activity that no worker took from one that had no answer; the
   * server in this process does not, and shows its start as -1.
   */
  static String late(ActivityFailure activity) {
    String system = Systems.of(activity.getActivityType());
    boolean nobodyAsked =
        activity.getCause() instanceof TimeoutFailure late
            && late.getTimeoutType() == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START;
    if (nobodyAsked) {
      return "no worker came to asking " + system + " in time: none is there for it, or it is busy";
    }
    return system
        + " did not answer in time"
        + (activity.getStartedEventId() < 0 ? ", or this machine was too busy to ask" : "");
  }

  /** The innermost message that was written for people. */
  static String cause(Throwable failure) {
    String message = failure.getMessage();
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ApplicationFailure application) {
        message = application.getOriginalMessage();
      } else if (cause instanceof ActivityFailure activity) {
        message = late(activity);
      } else if (cause instanceof StatusRuntimeException status) {
        message = EngineConnection.words(status.getStatus());
      }
    }
    return message;
  }
}
