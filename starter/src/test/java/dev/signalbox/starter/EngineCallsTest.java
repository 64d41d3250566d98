package dev.signalbox.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.engine.EngineAddress;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.approval.DecisionReply;
import io.grpc.Status;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineCallsTest {
  private static final String RUN = "promotion/inspector/production/a";

  private final TestWorkflowEnvironment engine =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder()
                      .setDataConverter(WireFormat.converter())
                      .build())
              .build());

  /** Of a person whose ten seconds are over. */
  private final EngineCalls calls =
      new EngineCalls(
          new EngineConnection(
              EngineAddress.local("127.0.0.1:1", "default", "a test"),
              engine.getWorkflowServiceStubs(),
              engine.getWorkflowClient(),
              true),
          "inspector",
          new Patience(Instant.now().minusSeconds(60)));

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void namesARefusalThatTheEngineDoesNotExplain() {
    assertThat(
            EngineCalls.cause(
                new IllegalStateException(
                    "sending", Status.RESOURCE_EXHAUSTED.asRuntimeException())))
        .isEqualTo("resource exhausted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SCHEDULE_TO_CLOSE | 6 | Railway did not answer in time",
        "SCHEDULE_TO_CLOSE | -1 | Railway did not answer in time, or this machine was too busy to"
            + " ask",
        "SCHEDULE_TO_START | 0 | no worker came to asking Railway in time: none is there for it, or"
            + " it is busy"
      })
  void doesNotBlameWhoWasNotAsked(String type, long started, String words) {
    ActivityFailure late =
        new ActivityFailure(
            "late",
            5,
            started,
            "RailwayReadEnvironment",
            "1",
            RetryState.RETRY_STATE_TIMEOUT,
            "worker",
            new TimeoutFailure("late", null, TimeoutType.valueOf("TIMEOUT_TYPE_" + type)));

    assertThat(EngineCalls.cause(new IllegalStateException("planning", late))).isEqualTo(words);
  }

  @Test
  void takesAnAnsweredUpdateForASignOfAWorker() {
    begin();
    assertThat(calls.patience().ofCall()).isLessThan(SignalboxClient.PATIENCE);

    Decided decided =
        new RunClient(calls)
            .decide(
                RUN,
                new DecideMessage(
                    Asks.APPROVE, null, "ana", "fine", null, null, "cli", "decision", null));

    assertThat(decided.reply()).isPresent();
    assertThat(calls.patience().ofCall()).isEqualTo(SignalboxClient.PATIENCE);
  }

  @Test
  void tellsALookThatFailedFromARunThatWaitsForNobody() {
    engine.start();
    engine
        .getWorkflowClient()
        .newUntypedWorkflowStub(
            "Nobody",
            WorkflowOptions.newBuilder().setWorkflowId(RUN).setTaskQueue("nobody's").build())
        .start();

    assertThat(calls.pendingActivities(RUN).orElseThrow()).isEmpty();
    assertThat(calls.pendingActivities("promotion/never/begun")).isEmpty();
  }

  @Test
  void tellsOfAQueryThatFailedAtAWorkerInASentence() {
    begin();

    assertThatThrownBy(() -> calls.query(RUN, "weather", String.class))
        .asInstanceOf(type(TroubleException.class))
        .extracting(TroubleException::trouble)
        .satisfies(
            trouble -> {
              assertThat(trouble.code()).isEqualTo(Trouble.NOT_REACHED);
              assertThat(trouble.tried()).isEqualTo("Sending the query to " + RUN);
              assertThat(trouble.answer())
                  .startsWith("a worker took it and could not answer: Unknown query type: weather")
                  .doesNotContain("\n", "\tat ", "java.lang.");
            });
  }

  private void begin() {
    String queue = new TaskQueues("inspector").workflows();
    engine.newWorker(queue).registerWorkflowImplementationTypes(Deciding.class);
    engine.start();
    engine
        .getWorkflowClient()
        .newUntypedWorkflowStub(
            "Decided", WorkflowOptions.newBuilder().setWorkflowId(RUN).setTaskQueue(queue).build())
        .start();
    // A worker in a cold JVM needs longer for its first task than such a person waits.
    engine.getWorkflowClient().newUntypedWorkflowStub(RUN).query("__stack_trace", String.class);
  }

  @WorkflowInterface
  public interface Decidable {
    @WorkflowMethod(name = "Decided")
    void run();

    @UpdateMethod
    DecisionReply decide(DecideMessage message);
  }

  /** Takes every decision. */
  public static final class Deciding implements Decidable {
    @Override
    public void run() {
      Workflow.await(() -> false);
    }

    @Override
    public DecisionReply decide(DecideMessage message) {
      return new DecisionReply(true, "counted");
    }
  }
}
