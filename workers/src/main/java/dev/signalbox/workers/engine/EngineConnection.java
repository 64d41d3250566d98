package dev.signalbox.workers.engine;

import com.uber.m3.tally.NoopScope;
import com.uber.m3.tally.Scope;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.WireFormat;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * An open way to an engine that answered.
 *
 * @param testServer whether it is the in-memory test server, which keeps nothing and never gives up
 *     a dead worker's sticky queue
 */
public record EngineConnection(
    EngineAddress address, WorkflowServiceStubs stubs, WorkflowClient client, boolean testServer)
    implements AutoCloseable {

  /** How long an engine may take to answer the first time. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Connects without metrics. */
  public static EngineConnection open(EngineAddress address) {
    return open(address, new NoopScope());
  }

  /**
   * Connects and asks the server who it is.
   *
   * @throws TroubleException exit 3, within {@link #PATIENCE}, when nothing answers
   */
  public static EngineConnection open(EngineAddress address, Scope metrics) {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder(address.stubs())
                .setMetricsScope(metrics)
                .setRpcQueryTimeout(PATIENCE)
                .setSystemInfoTimeout(PATIENCE)
                .build());
    try {
      boolean testServer = version(stubs).isEmpty();
      return new EngineConnection(address, stubs, client(address, stubs, testServer), testServer);
    } catch (StatusRuntimeException failure) {
      stubs.shutdownNow();
      throw new TroubleException(unreachable(address, failure), failure);
    }
  }

  /** Whether an engine answers there within this time. */
  public static boolean answers(EngineAddress address, Duration patience) {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder(address.stubs()).build());
    try {
      stubs
          .blockingStub()
          .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS)
          .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
      return true;
    } catch (StatusRuntimeException failure) {
      return false;
    } finally {
      stubs.shutdownNow();
    }
  }

  @Override
  public void close() {
    stubs.shutdownNow();
  }

  private static String version(WorkflowServiceStubs stubs) {
    return stubs
        .blockingStub()
        .withWaitForReady()
        .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
        .getServerVersion();
  }

  private static WorkflowClient client(
      EngineAddress address, WorkflowServiceStubs stubs, boolean testServer) {
    WorkflowClientOptions.Builder options =
        WorkflowClientOptions.newBuilder(address.client())
            .setNamespace(address.namespace())
            .setDataConverter(WireFormat.converter());
    if (testServer) {
      // It knows no worker heartbeats and would have one warning logged at every start.
      options.setWorkerHeartbeatInterval(Duration.ofSeconds(-1));
    }
    return WorkflowClient.newInstance(stubs, options.build());
  }

  /** What the server says, else its code in words. */
  public static String words(Status status) {
    return status.getDescription() == null
        ? status.getCode().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        : status.getDescription();
  }

  private static Trouble unreachable(EngineAddress address, StatusRuntimeException failure) {
    return Trouble.notReached(
        "Reaching the Temporal engine that " + address.origin() + " names",
        address.address(),
        "no Temporal engine answers"
            + (failure.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED
                ? " within " + PATIENCE.toSeconds() + " s"
                : " (" + words(failure.getStatus()) + ")"),
        "Start it, or name another one with --address or TEMPORAL_ADDRESS"
            + " (for a durable one on this machine: temporal server start-dev).");
  }
}
