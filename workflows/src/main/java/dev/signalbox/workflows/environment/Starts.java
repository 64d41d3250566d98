package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.TaskQueues;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.workflow.ChildWorkflowOptions;

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
}
