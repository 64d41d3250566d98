package dev.signalbox.starter.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Durations;
import io.grpc.StatusRuntimeException;
import io.temporal.api.command.v1.Command;
import io.temporal.api.command.v1.RequestCancelActivityTaskCommandAttributes;
import io.temporal.api.command.v1.ScheduleActivityTaskCommandAttributes;
import io.temporal.api.common.v1.ActivityType;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.enums.v1.CommandType;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.temporal.api.workflowservice.v1.RequestCancelWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A worker by hand, so that each answer reaches the engine at the worst moment. */
final class InProcessEngineTest {
  private static final String NAMESPACE = "default";
  private static final String RUN = "a-run";
  private static final TaskQueue QUEUE = TaskQueue.newBuilder().setName("a-queue").build();

  private final InProcessEngine engine = InProcessEngine.start();
  private final WorkflowServiceStubs stubs =
      WorkflowServiceStubs.newServiceStubs(
          WorkflowServiceStubsOptions.newBuilder().setTarget(engine.address()).build());

  @AfterEach
  void close() {
    stubs.shutdownNow();
    engine.close();
  }

  @Test
  void goesOnWithARunThatCancelsAnActivityWhichHasJustEnded() {
    startRun();
    PollWorkflowTaskQueueResponse first = nextTask();
    complete(first, scheduleActivity());
    PollActivityTaskQueueResponse activity = nextActivity();
    cancelRun();
    PollWorkflowTaskQueueResponse cancelling = nextTask();
    complete(activity);

    assertThatThrownBy(() -> complete(cancelling, cancelActivity(cancelling)))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("UnhandledCommand");

    assertThat(nextTask().getHistory().getEventsList())
        .extracting(HistoryEvent::getEventType)
        .contains(EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED);
  }

  @Test
  void letsACancelOfARunningActivityPass() {
    startRun();
    complete(nextTask(), scheduleActivity());
    nextActivity();
    cancelRun();
    PollWorkflowTaskQueueResponse cancelling = nextTask();

    complete(cancelling, cancelActivity(cancelling));

    assertThat(
            service()
                .getWorkflowExecutionHistory(
                    GetWorkflowExecutionHistoryRequest.newBuilder()
                        .setNamespace(NAMESPACE)
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(RUN))
                        .build())
                .getHistory()
                .getEventsList())
        .extracting(HistoryEvent::getEventType)
        .contains(EventType.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED);
  }

  // ---- a worker's calls

  private WorkflowServiceBlockingStub service() {
    return stubs.blockingStub().withDeadlineAfter(2, TimeUnit.MINUTES);
  }

  private void startRun() {
    service()
        .startWorkflowExecution(
            StartWorkflowExecutionRequest.newBuilder()
                .setNamespace(NAMESPACE)
                .setWorkflowId(RUN)
                .setRequestId("once")
                .setWorkflowType(WorkflowType.newBuilder().setName("Any"))
                .setTaskQueue(QUEUE)
                .build());
  }

  private void cancelRun() {
    service()
        .requestCancelWorkflowExecution(
            RequestCancelWorkflowExecutionRequest.newBuilder()
                .setNamespace(NAMESPACE)
                .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(RUN))
                .build());
  }

  private PollWorkflowTaskQueueResponse nextTask() {
    return service()
        .pollWorkflowTaskQueue(
            PollWorkflowTaskQueueRequest.newBuilder()
                .setNamespace(NAMESPACE)
                .setTaskQueue(QUEUE)
                .build());
  }

  private PollActivityTaskQueueResponse nextActivity() {
    return service()
        .pollActivityTaskQueue(
            PollActivityTaskQueueRequest.newBuilder()
                .setNamespace(NAMESPACE)
                .setTaskQueue(QUEUE)
                .build());
  }

  private void complete(PollWorkflowTaskQueueResponse task, Command command) {
    service()
        .respondWorkflowTaskCompleted(
            RespondWorkflowTaskCompletedRequest.newBuilder()
                .setNamespace(NAMESPACE)
                .setTaskToken(task.getTaskToken())
                .addCommands(command)
                .build());
  }

  private void complete(PollActivityTaskQueueResponse activity) {
    service()
        .respondActivityTaskCompleted(
            RespondActivityTaskCompletedRequest.newBuilder()
                .setNamespace(NAMESPACE)
                .setTaskToken(activity.getTaskToken())
                .build());
  }

  private static Command scheduleActivity() {
    return Command.newBuilder()
        .setCommandType(CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK)
        .setScheduleActivityTaskCommandAttributes(
            ScheduleActivityTaskCommandAttributes.newBuilder()
                .setActivityId("an-activity")
                .setActivityType(ActivityType.newBuilder().setName("Any"))
                .setTaskQueue(QUEUE)
                .setScheduleToCloseTimeout(Durations.fromMinutes(1)))
        .build();
  }

  private static Command cancelActivity(PollWorkflowTaskQueueResponse task) {
    long scheduled =
        task.getHistory().getEventsList().stream()
            .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
            .findFirst()
            .orElseThrow()
            .getEventId();
    return Command.newBuilder()
        .setCommandType(CommandType.COMMAND_TYPE_REQUEST_CANCEL_ACTIVITY_TASK)
        .setRequestCancelActivityTaskCommandAttributes(
            RequestCancelActivityTaskCommandAttributes.newBuilder().setScheduledEventId(scheduled))
        .build();
  }
}
