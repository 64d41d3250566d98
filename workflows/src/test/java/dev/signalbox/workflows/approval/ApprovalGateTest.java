package dev.signalbox.workflows.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.workflows.fixtures.Engine;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import org.junit.jupiter.api.Test;

class ApprovalGateTest {
  private static final String QUEUE = "waiting";

  // `why` of a cancelled promotion went on asking for the approval.
  @Test
  void asksNobodyAnyMoreWhenItIsCancelled() {
    try (TestWorkflowEnvironment engine = Engine.fresh()) {
      engine.newWorker(QUEUE).registerWorkflowImplementationTypes(WaitingWorkflowImpl.class);
      engine.start();
      WaitingWorkflow waiting =
          engine
              .getWorkflowClient()
              .newWorkflowStub(
                  WaitingWorkflow.class,
                  WorkflowOptions.newBuilder().setTaskQueue(QUEUE).setWorkflowId("w").build());
      WorkflowStub run = WorkflowStub.fromTyped(waiting);
      run.start();
      assertThat(waiting.open()).hasSize(1);

      run.cancel();

      assertThatThrownBy(() -> run.getResult(Void.class))
          .isInstanceOf(WorkflowFailedException.class);
      assertThat(waiting.open()).isEmpty();
    }
  }
}
