package dev.signalbox.starter.gateway;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.hint.HintedWorkflow;
import dev.signalbox.workflows.preview.PreviewEnvWorkflow;
import dev.signalbox.workflows.preview.PreviewState;
import dev.signalbox.workflows.spoken.SpokenWords;
import dev.signalbox.workflows.spoken.SpokenWorkflow;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.api.errordetails.v1.NamespaceNotFoundFailure;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.SignalWithStartWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.SignalWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.SignalWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionResponse;
import io.temporal.serviceclient.StatusUtils;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes hints to the workflows that they may concern, all at once. What the engine has taken it
 * keeps, whether a worker runs or not.
 */
final class Courier implements Keeper {
  /** Whoever sent a webhook is answered at once: a slow engine is as good as none. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(Courier.class);

  private final EngineConnection engine;

  Courier(EngineConnection engine) {
    this.engine = engine;
  }

  /**
   * Whether the engine took it for each of these that runs; one that does not run needs no hint.
   * The same hint may be carried again: the workflow knows its delivery.
   */
  boolean carry(Hint hint, List<String> workflowIds) {
    List<ListenableFuture<SignalWorkflowExecutionResponse>> calls =
        workflowIds.stream().map(id -> signal(hint, id)).toList();
    boolean taken = true;
    for (ListenableFuture<SignalWorkflowExecutionResponse> call : calls) {
      taken &= taken(call);
    }
    return taken;
  }

  @Override
  public CompletableFuture<Kept> keep(SpokenWords words) {
    CompletableFuture<Kept> kept = new CompletableFuture<>();
    Futures.addCallback(
        engine
            .stubs()
            .futureStub()
            .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .startWorkflowExecution(
                StartWorkflowExecutionRequest.newBuilder()
                    .setNamespace(engine.address().namespace())
                    .setWorkflowId(SpokenWorkflow.id(words))
                    .setWorkflowType(WorkflowType.newBuilder().setName(SpokenWorkflow.TYPE))
                    .setTaskQueue(
                        TaskQueue.newBuilder().setName(new TaskQueues(words.project()).gateway()))
                    .setWorkflowIdReusePolicy(
                        WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                    .setInput(payloads(words))
                    .setIdentity("gateway")
                    // Another one each time: the second is told that it is one.
                    .setRequestId(UUID.randomUUID().toString())
                    .build()),
        new FutureCallback<>() {
          @Override
          public void onSuccess(StartWorkflowExecutionResponse started) {
            kept.complete(Kept.NEW);
          }

          @Override
          public void onFailure(Throwable failure) {
            kept.complete(refused(failure));
          }
        },
        MoreExecutors.directExecutor());
    return kept;
  }

  /** Goes the way of {@link #keep} to the engine and back, and keeps nothing. */
  CompletableFuture<Kept> reach(SpokenWords words) {
    CompletableFuture<Kept> reached = new CompletableFuture<>();
    var unused = payloads(words);
    ListenableFuture<GetSystemInfoResponse> asked =
        engine
            .stubs()
            .futureStub()
            .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
    asked.addListener(() -> reached.complete(Kept.KNOWN), MoreExecutors.directExecutor());
    return reached;
  }

  private static Kept refused(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    if (status.getCode() == Status.Code.ALREADY_EXISTS) {
      return Kept.KNOWN;
    }
    log.warn("not kept: {}", EngineConnection.words(status));
    return Kept.NOT;
  }

  private Payloads payloads(Object message) {
    return engine.client().getOptions().getDataConverter().toPayloads(message).orElseThrow();
  }

  private static String request(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /**
   * Whether the engine took it for the preview of this pull request; one that does not run is begun
   * with it, once for the same delivery.
   */
  boolean begin(Hint hint, String project, int number) {
    String id = PreviewEnvWorkflow.id(project, number);
    return taken(
        engine
            .stubs()
            .futureStub()
            .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .signalWithStartWorkflowExecution(
                SignalWithStartWorkflowExecutionRequest.newBuilder()
                    .setNamespace(engine.address().namespace())
                    .setWorkflowId(id)
                    .setWorkflowType(WorkflowType.newBuilder().setName("PreviewEnvWorkflow"))
                    .setTaskQueue(
                        TaskQueue.newBuilder().setName(new TaskQueues(project).workflows()))
                    .setInput(payloads(PreviewState.fresh(project, number)))
                    .setSignalName(HintedWorkflow.HINT)
                    .setSignalInput(payloads(hint))
                    .setIdentity("gateway")
                    .setRequestId(request(hint.door() + ":" + hint.delivery() + ":" + id))
                    .build()));
  }

  private ListenableFuture<SignalWorkflowExecutionResponse> signal(Hint hint, String workflowId) {
    // The engine drops a request that it knows: a retry of the same delivery leaves one event.
    String request = hint.door() + ":" + hint.delivery() + ":" + workflowId;
    return engine
        .stubs()
        .futureStub()
        .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .signalWorkflowExecution(
            SignalWorkflowExecutionRequest.newBuilder()
                .setNamespace(engine.address().namespace())
                .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                .setSignalName(HintedWorkflow.HINT)
                .setInput(payloads(hint))
                .setIdentity("gateway")
                .setRequestId(request(request))
                .build());
  }

  private static boolean taken(ListenableFuture<?> call) {
    try {
      call.get();
      return true;
    } catch (ExecutionException failed) {
      return failed.getCause() instanceof StatusRuntimeException status && nobodyThere(status);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean nobodyThere(StatusRuntimeException failure) {
    boolean nobody =
        failure.getStatus().getCode() == Status.Code.NOT_FOUND
            && !StatusUtils.hasFailure(failure, NamespaceNotFoundFailure.class);
    if (!nobody) {
      log.warn("hint not taken: {}", EngineConnection.words(failure.getStatus()));
    }
    return nobody;
  }
}
