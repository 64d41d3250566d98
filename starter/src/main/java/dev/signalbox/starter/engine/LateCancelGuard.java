package dev.signalbox.starter.engine;

import com.google.protobuf.ByteString;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.temporal.api.command.v1.Command;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowTaskFailedCause;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskFailedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskFailedResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;

/**
 * Keeps Temporal's test server from losing a run that cancels an activity which has just ended.
 *
 * <p>A workflow task may cancel an activity whose end arrived while the task was under way. A
 * Temporal server lets that pass. The test server (1.39.0, {@code ACTIVITY_UNKNOWN for
 * scheduledEventId}) refuses the task when it has half taken it, and gives out no other one: the
 * run stands still for ever. So such a task is failed before it gets there, as a server does with
 * an unhandled command, and the next one sees the activity's end. Between this look and the
 * server's own no answer of an activity gets through; only the server's own time-outs still may.
 */
final class LateCancelGuard implements ServerInterceptor {
  private static final String TASK_COMPLETED =
      WorkflowServiceGrpc.getRespondWorkflowTaskCompletedMethod().getFullMethodName();

  /** All the calls by which a worker ends an activity, by task token and by id. */
  private static final String ACTIVITY_ENDS =
      WorkflowServiceGrpc.SERVICE_NAME + "/RespondActivityTask";

  private final WorkflowServiceImplBase service;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  LateCancelGuard(WorkflowServiceImplBase service) {
    this.service = service;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    String method = call.getMethodDescriptor().getFullMethodName();
    if (method.equals(TASK_COMPLETED)) {
      return new Guarded<>(listener, call);
    }
    return method.startsWith(ACTIVITY_ENDS) ? new Ending<>(listener) : listener;
  }

  /** An activity's end: not while a task that cancels activities is looked at and taken. */
  private final class Ending<Q> extends SimpleForwardingServerCallListener<Q> {
    Ending(ServerCall.Listener<Q> listener) {
      super(listener);
    }

    @Override
    public void onHalfClose() {
      lock.readLock().lock();
      try {
        super.onHalfClose();
      } finally {
        lock.readLock().unlock();
      }
    }
  }

  private final class Guarded<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, ?> call;
    private RespondWorkflowTaskCompletedRequest completed;

    Guarded(ServerCall.Listener<Q> listener, ServerCall<Q, ?> call) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      completed = (RespondWorkflowTaskCompletedRequest) message;
      super.onMessage(message);
    }

    // The service is called here, when the request is whole.
    @Override
    public void onHalfClose() {
      if (completed == null || cancelled(completed).isEmpty()) {
        super.onHalfClose();
        return;
      }
      lock.writeLock().lock();
      try {
        if (cancelsWhatHasEnded(completed) && failed(completed)) {
          call.close(
              Status.INVALID_ARGUMENT.withDescription(
                  "UnhandledCommand: an activity ended before its cancel came"),
              new Metadata());
        } else {
          super.onHalfClose();
        }
      } finally {
        lock.writeLock().unlock();
      }
    }
  }

  private static List<Long> cancelled(RespondWorkflowTaskCompletedRequest completed) {
    return completed.getCommandsList().stream()
        .filter(Command::hasRequestCancelActivityTaskCommandAttributes)
        .map(
            command ->
                command.getRequestCancelActivityTaskCommandAttributes().getScheduledEventId())
        .toList();
  }

  private boolean cancelsWhatHasEnded(RespondWorkflowTaskCompletedRequest completed) {
    List<Long> cancelled = cancelled(completed);
    WorkflowExecution run = run(completed.getTaskToken());
    List<String> pending = pendingActivities(completed.getNamespace(), run);
    // One that the same task schedules has no event yet, and has not ended.
    return history(completed.getNamespace(), run).stream()
        .filter(event -> cancelled.contains(event.getEventId()))
        .map(event -> event.getActivityTaskScheduledEventAttributes().getActivityId())
        .anyMatch(activity -> !pending.contains(activity));
  }

  /** The test server's task token: namespace, workflow id and run id in Java's modified UTF-8. */
  private static WorkflowExecution run(ByteString token) {
    try (DataInputStream in = new DataInputStream(token.newInput())) {
      in.readUTF();
      return WorkflowExecution.newBuilder()
          .setWorkflowId(in.readUTF())
          .setRunId(in.readUTF())
          .build();
    } catch (IOException other) {
      throw new UncheckedIOException("not a task token of this test server", other);
    }
  }

  private List<String> pendingActivities(String namespace, WorkflowExecution run) {
    return LateCancelGuard.<DescribeWorkflowExecutionRequest, DescribeWorkflowExecutionResponse>ask(
            service::describeWorkflowExecution,
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(namespace)
                .setExecution(run)
                .build())
        .getPendingActivitiesList()
        .stream()
        .map(PendingActivityInfo::getActivityId)
        .toList();
  }

  private List<HistoryEvent> history(String namespace, WorkflowExecution run) {
    return LateCancelGuard
        .<GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse>ask(
            service::getWorkflowExecutionHistory,
            GetWorkflowExecutionHistoryRequest.newBuilder()
                .setNamespace(namespace)
                .setExecution(run)
                .build())
        .getHistory()
        .getEventsList();
  }

  /** False of a run that has ended: the server itself says that best. */
  private boolean failed(RespondWorkflowTaskCompletedRequest completed) {
    try {
      LateCancelGuard.<RespondWorkflowTaskFailedRequest, RespondWorkflowTaskFailedResponse>ask(
          service::respondWorkflowTaskFailed,
          RespondWorkflowTaskFailedRequest.newBuilder()
              .setNamespace(completed.getNamespace())
              .setTaskToken(completed.getTaskToken())
              .setIdentity(completed.getIdentity())
              .setCause(WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND)
              .build());
      return true;
    } catch (CompletionException gone) {
      return false;
    }
  }

  private static <Q, A> A ask(BiConsumer<Q, StreamObserver<A>> method, Q request) {
    CompletableFuture<A> answer = new CompletableFuture<>();
    method.accept(
        request,
        new StreamObserver<>() {
          @Override
          public void onNext(A value) {
            answer.complete(value);
          }

          @Override
          public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
          }

          @Override
          public void onCompleted() {
            answer.completeExceptionally(new IllegalStateException("no answer"));
          }
        });
    return answer.join();
  }
}
