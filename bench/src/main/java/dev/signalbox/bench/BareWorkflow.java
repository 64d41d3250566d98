package dev.signalbox.bench;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** A promotion's shape with nothing in it: what the SDK and the server cost by themselves. */
@WorkflowInterface
public interface BareWorkflow {
  String QUEUE = "bench/bare";

  @WorkflowMethod
  void run(int activities, int local, int childsActivities);

  /** Nothing. */
  @ActivityInterface
  interface BareActivities {
    void nothing();
  }

  /** Does nothing, at once. */
  final class BareActivitiesImpl implements BareActivities {
    @Override
    public void nothing() {}
  }

  /** The imitation. */
  final class BareWorkflowImpl implements BareWorkflow {
    private final BareActivities activities =
        Workflow.newActivityStub(
            BareActivities.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofSeconds(30)).build());
    private final BareActivities local =
        Workflow.newLocalActivityStub(
            BareActivities.class,
            LocalActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofSeconds(30))
                .build());

    @Override
    public void run(int count, int localCount, int childsCount) {
      for (int n = 0; n < localCount; n++) {
        local.nothing();
      }
      for (int n = 0; n < count; n++) {
        activities.nothing();
      }
      if (childsCount > 0) {
        Workflow.newChildWorkflowStub(
                BareWorkflow.class, ChildWorkflowOptions.newBuilder().setTaskQueue(QUEUE).build())
            .run(childsCount, 0, 0);
      }
    }
  }
}
