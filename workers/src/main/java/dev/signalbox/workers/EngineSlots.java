package dev.signalbox.workers;

import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.railway.CreationSlots;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.preview.PreviewReconcilerWorkflow;
import dev.signalbox.workflows.preview.PreviewsState;
import dev.signalbox.workflows.preview.SlotAnswer;
import dev.signalbox.workflows.preview.SlotRequest;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowUpdateStage;

/** Asks the sweep of the project, which is started where it does not run. */
record EngineSlots(WorkflowClient client) implements CreationSlots {

  @Override
  public SlotAnswer ask(String project, SlotRequest request) {
    PreviewReconcilerWorkflow previews =
        client.newWorkflowStub(
            PreviewReconcilerWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(PreviewReconcilerWorkflow.id(project))
                .setTaskQueue(new TaskQueues(project).workflows())
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .build());
    try {
      return WorkflowClient.executeUpdateWithStart(
          previews::slot,
          request,
          UpdateOptions.newBuilder(SlotAnswer.class)
              .setWaitForStage(WorkflowUpdateStage.COMPLETED)
              .build(),
          new WithStartWorkflowOperation<>(previews::run, PreviewsState.empty(project)));
    } catch (WorkflowException | StatusRuntimeException silent) {
      throw Failures.unanswered(PreviewReconcilerWorkflow.id(project), silent);
    }
  }

  @Override
  public void freed(String project, int number) {
    try {
      client
          .newWorkflowStub(PreviewReconcilerWorkflow.class, PreviewReconcilerWorkflow.id(project))
          .freed(number);
    } catch (WorkflowNotFoundException nobody) {
      // Who does not run has let nothing be made.
    } catch (WorkflowException | StatusRuntimeException silent) {
      throw Failures.unanswered(PreviewReconcilerWorkflow.id(project), silent);
    }
  }
}
