package dev.signalbox.starter;

import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.environment.OrderAnswer;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Takes a person's order to a run: an environment's ledger, or an incident. */
final class OrderCalls {
  private final EngineCalls calls;

  OrderCalls(EngineCalls calls) {
    this.calls = calls;
  }

  /**
   * As an update, known again by the decision's id.
   *
   * @throws TimeoutException nobody answered within this time; it may have been taken all the same
   */
  OrderAnswer ask(String id, String decisionId, Object order, Duration longest)
      throws TimeoutException {
    OrderAnswer answer =
        Deadline.within(
            longest,
            () ->
                calls
                    .client()
                    .newUntypedWorkflowStub(id)
                    .startUpdate(
                        UpdateOptions.newBuilder(OrderAnswer.class)
                            .setUpdateName("order")
                            .setUpdateId(decisionId)
                            .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                            .build(),
                        order)
                    .getResult());
    calls.answered();
    return answer;
  }

  /**
   * As a signal: the engine keeps it, whether a worker runs or not.
   *
   * @throws WorkflowNotFoundException there is no such run
   * @throws TroubleException exit 3, when the engine does not answer
   */
  void leave(String id, Object order) {
    calls.calling(
        "signal",
        id,
        () -> {
          calls.client().newUntypedWorkflowStub(id).signal("ordered", order);
          return id;
        });
  }
}
