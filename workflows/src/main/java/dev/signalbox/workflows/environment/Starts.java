package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.policy.EnvironmentPolicy.WhenBusy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.MigrationRunWorkflow;
import dev.signalbox.workflows.promotion.RestoreRunWorkflow;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import java.util.Set;

/** How the ledger starts a run: one that outlives the ledger's page. */
final class Starts {
  private Starts() {}

  static ChildWorkflowOptions options(
      TaskQueues queues, String id, String summary, LedgerRequest request) {
    return ChildWorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setTaskQueue(queues.workflows())
        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
        .setStaticSummary(summary)
        .setStaticDetails("Asked for by " + request.requester())
        .build();
  }

  /** The ids of those that a person starts and that are no promotions. */
  static Set<String> byHand(String project, String environment) {
    return Set.of(
        MigrateAndDeployWorkflow.id(project, environment),
        MigrationRunWorkflow.id(project, environment),
        RestoreRunWorkflow.id(project, environment));
  }

  /** Why nothing is started now, where the policy wants nobody to queue. */
  static Optional<RequestAnswer> busy(Ledger ledger, Leases leases, Pipeline pipeline) {
    if (pipeline.environment().whenBusy() != WhenBusy.REFUSE) {
      return Optional.empty();
    }
    leases.forgetTheClosed();
    return Optional.ofNullable(ledger.holder())
        .map(
            holder ->
                RequestAnswer.refused(
                    null, "busy with " + holder.workflowId() + " (when_busy = \"refuse\")"));
  }

  /**
   * Answers for a run that was just started, and that takes the lease when its time comes.
   *
   * @param run stub of the child
   * @param does what is answered, as the beginning of a sentence
   */
  static RequestAnswer queueing(
      Ledger ledger, Object run, String id, String revision, LedgerRequest request, String does) {
    try {
      WorkflowExecution execution = Workflow.getWorkflowExecution(run).get();
      ledger.started(new OpenRun(id, execution.getRunId(), revision, request.requester()));
    } catch (ChildWorkflowFailure taken) {
      return RequestAnswer.refused(null, id + " is still running; ask again when it has ended");
    }
    return ledger.holder() == null
        ? new RequestAnswer(id, revision, Outcome.STARTED, does, false)
        : new RequestAnswer(
            id,
            revision,
            Outcome.QUEUED,
            does + "; it takes its turn after " + ledger.holder().workflowId(),
            false);
  }

  /**
   * Hands the lease that is held for a run over to it, once it stands under the id of the
   * environment's deploys; where another one still does, the lease is free again.
   *
   * @param run stub of the child that was just started
   * @param lease its number
   * @param sentence what is answered when it runs
   */
  static RequestAnswer fenced(
      Ledger ledger,
      Object run,
      String revision,
      long lease,
      LedgerRequest request,
      String sentence) {
    String id = MigrateAndDeployWorkflow.id(ledger.project(), ledger.environment());
    try {
      WorkflowExecution execution = Workflow.getWorkflowExecution(run).get();
      ledger.heldBy(execution.getRunId());
      ledger.started(new OpenRun(id, execution.getRunId(), revision, request.requester()));
    } catch (ChildWorkflowFailure taken) {
      ledger.release(Leases.STARTING, lease);
      return RequestAnswer.refused(null, id + " is still running; ask again when it has ended");
    }
    return new RequestAnswer(id, revision, Outcome.STARTED, sentence, false);
  }
}
