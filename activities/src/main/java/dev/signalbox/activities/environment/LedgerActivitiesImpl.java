package dev.signalbox.activities.environment;

import dev.signalbox.activities.gate.FactsActivitiesImpl;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.http.ForeignText;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.LedgerActivities;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.environment.QuarantineQuery;
import dev.signalbox.workflows.environment.QuarantineReport;
import dev.signalbox.workflows.environment.RecordedMerge;
import dev.signalbox.workflows.github.EndOfRun.MadeBranch;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.HistoryEventFilterType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads what the engine knows of runs. One that does not answer is a failure, never "closed". */
public final class LedgerActivitiesImpl implements LedgerActivities, FactsActivitiesImpl.Records {
  private static final long RESULT_SECONDS = 10;

  private final WorkflowClient client;
  private final Set<String> projects;

  /**
   * @param projects that this worker serves
   */
  public LedgerActivitiesImpl(WorkflowClient client, Set<String> projects) {
    this.client = client;
    this.projects = Set.copyOf(projects);
  }

  @Override
  public HolderState inspect(HolderQuery query) {
    Failures.requireServed(query.project(), projects);
    WorkflowStub asked = stub(query.workflowId(), query.runId());
    WorkflowExecutionStatus holder = status(asked);
    if (holder == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW) {
      // It went on as a new run, which holds what it held.
      asked = stub(query.workflowId(), null);
      holder = status(asked);
    }
    WorkflowStub deploy = stub(query.deployId(), null);
    WorkflowExecutionStatus deployed = status(deploy);
    return new HolderState(
        over(holder),
        over(deployed),
        result(query, deploy, deployed),
        lost(deployed),
        lost(holder) ? ending(asked) : null);
  }

  @Override
  public String revisionBehind(CommitQuery query) {
    Failures.requireServed(query.project(), projects);
    List<RecordedMerge> merges =
        query.environments().stream()
            .flatMap(environment -> record(query.project(), environment, query.commit()).stream())
            .flatMap(recorded -> recorded.merges().stream())
            .toList();
    return RecordedMerge.revisionBehind(query.commit(), merges);
  }

  @Override
  public LedgerRecord record(RecordQuery query) {
    Failures.requireServed(query.project(), projects);
    return record(query.project(), query.environment(), query.commit()).orElse(LedgerRecord.NONE);
  }

  /**
   * What the ledger of one environment has on record about a commit; empty when the environment has
   * no ledger.
   */
  public Optional<LedgerRecord> record(String project, String environment, String commit) {
    return of(project, environment, commit);
  }

  @Override
  public Optional<LedgerRecord> of(String project, String environment, String commit) {
    try {
      return Optional.of(
          stub(EnvironmentWorkflow.id(project, environment), null)
              .query("record", LedgerRecord.class, commit));
    } catch (WorkflowNotFoundException noLedger) {
      return Optional.empty();
    }
  }

  @Override
  public List<Quarantined> quarantined(String project, String environment, List<String> commits) {
    try {
      return stub(EnvironmentWorkflow.id(project, environment), null)
          .query("quarantined", QuarantineReport.class, new QuarantineQuery(commits))
          .entries();
    } catch (WorkflowNotFoundException noLedger) {
      return List.of();
    }
  }

  @Override
  public MadeBranch madeBranch(RunQuery query) {
    Failures.requireServed(query.project(), projects);
    return history(query)
        .map(new BranchReading(client.getOptions().getDataConverter())::in)
        .orElse(null);
  }

  @Override
  public void tell(ToldDecision told) {
    Failures.requireServed(told.project(), projects);
    stub(EnvironmentWorkflow.id(told.project(), told.environment()), null)
        .signal(DecisionReading.DECIDED, told.decision());
  }

  @Override
  public SaidDecisions decisions(RunQuery query) {
    Failures.requireServed(query.project(), projects);
    return new SaidDecisions(
        history(query)
            .map(new DecisionReading(client.getOptions().getDataConverter())::in)
            .orElse(null));
  }

  /** Empty where the engine does not know the run any more. */
  private Optional<List<HistoryEvent>> history(RunQuery query) {
    try {
      return Optional.of(
          client.fetchHistory(query.workflowId(), query.runId()).getHistory().getEventsList());
    } catch (StatusRuntimeException refusal) {
      if (refusal.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  private WorkflowStub stub(String workflowId, String runId) {
    WorkflowTargetOptions.Builder run =
        WorkflowTargetOptions.newBuilder().setWorkflowId(workflowId);
    if (runId != null) {
      run.setRunId(runId);
    }
    return client.newUntypedWorkflowStub(run.build());
  }

  /** Null when the engine knows no such run. */
  private static WorkflowExecutionStatus status(WorkflowStub run) {
    try {
      return run.describe().getStatus();
    } catch (WorkflowNotFoundException e) {
      return null;
    }
  }

  private static boolean over(WorkflowExecutionStatus status) {
    if (status == null) {
      return true;
    }
    return switch (status) {
      case WORKFLOW_EXECUTION_STATUS_COMPLETED,
          WORKFLOW_EXECUTION_STATUS_FAILED,
          WORKFLOW_EXECUTION_STATUS_CANCELED,
          WORKFLOW_EXECUTION_STATUS_TERMINATED,
          WORKFLOW_EXECUTION_STATUS_TIMED_OUT ->
          true;
      default -> false;
    };
  }

  private static boolean lost(WorkflowExecutionStatus status) {
    return status != null
        && over(status)
        && status != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
  }

  private static DeployResult result(
      HolderQuery query, WorkflowStub deploy, WorkflowExecutionStatus status) {
    if (status != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED) {
      return null;
    }
    try {
      DeployResult result = deploy.getResult(RESULT_SECONDS, TimeUnit.SECONDS, DeployResult.class);
      boolean itsOwn = result != null && query.runId().equals(result.promotionRunId());
      return itsOwn ? result : null;
    } catch (TimeoutException e) {
      throw new IllegalStateException("the engine did not answer in " + RESULT_SECONDS + " s", e);
    }
  }

  /**
   * How it closed, in words. The reason is whatever somebody typed; the identity beside it names a
   * machine, and the words go to GitHub.
   */
  private String ending(WorkflowStub run) {
    List<HistoryEvent> close =
        client
            .getWorkflowServiceStubs()
            .blockingStub()
            .getWorkflowExecutionHistory(
                GetWorkflowExecutionHistoryRequest.newBuilder()
                    .setNamespace(client.getOptions().getNamespace())
                    .setExecution(run.describe().getExecution())
                    .setHistoryEventFilterType(
                        HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT)
                    .build())
            .getHistory()
            .getEventsList();
    return close.isEmpty() ? null : words(close.get(close.size() - 1));
  }

  private static String words(HistoryEvent end) {
    return switch (end.getEventType()) {
      case EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED ->
          said("terminated", end.getWorkflowExecutionTerminatedEventAttributes().getReason());
      case EVENT_TYPE_WORKFLOW_EXECUTION_FAILED ->
          said("broke", end.getWorkflowExecutionFailedEventAttributes().getFailure().getMessage());
      case EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT -> "timed out";
      case EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED -> "cancelled";
      default -> null;
    };
  }

  private static String said(String word, String why) {
    return why.isBlank() ? word : word + ": " + ForeignText.ofAnswer(why);
  }
}
