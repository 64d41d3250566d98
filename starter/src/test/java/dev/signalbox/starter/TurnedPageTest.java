package dev.signalbox.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.engine.EngineAddress;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.backup.BackupRound;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.LeaseRelease;
import dev.signalbox.workflows.environment.LeaseRequest;
import dev.signalbox.workflows.environment.LedgerOrder;
import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.environment.LedgerRequest;
import dev.signalbox.workflows.environment.LedgerState;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.OrderAnswer;
import dev.signalbox.workflows.environment.OutageReport;
import dev.signalbox.workflows.environment.QuarantineQuery;
import dev.signalbox.workflows.environment.QuarantineReport;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.environment.RunDecision;
import dev.signalbox.workflows.environment.RunReport;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.monitor.MonitorRun;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class TurnedPageTest {
  private static final String AWAY_AT_FIRST = "away at first";
  private static final String LEDGER = EnvironmentWorkflow.id("inspector", "production");

  @Test
  void asksTheNextPageWithTheSameIdWhenOneEndsBeforeItAnswered() {
    withALedger(
        engine -> {
          RequestAnswer answer =
              new SignalboxClient(engine, "inspector").promote("production", null, "ana", "why");

          assertThat(answer.outcome()).isEqualTo(Outcome.STARTED);
          assertThat(answer.message()).isEqualTo("on page 2");
        });
  }

  @Test
  void triesTheSameWordsAnewWhenTheLedgerCouldNotLearnWhatItNeeds() {
    Sender sender = new Sender("github", "ana", "7", Optional.empty(), Instant.now());
    withALedger(
        engine -> {
          SignalboxClient client =
              new SignalboxClient(engine, "inspector", Instant.now(), Optional.of(sender));
          assertThatThrownBy(() -> client.promote("production", null, "ana", AWAY_AT_FIRST))
              .hasMessageContaining("GitHub is away");

          assertThat(client.promote("production", null, "ana", AWAY_AT_FIRST).outcome())
              .isEqualTo(Outcome.STARTED);
        });
  }

  @Test
  void saysOfAnOrderThatGitHubIsAwayAndLeavesNothingBehind() {
    LedgerOrder order = new LedgerOrder("o-1", Kind.QUARANTINE, "ana", "it is bad", "cli");
    withALedger(
        engine ->
            assertThatThrownBy(
                    () -> new SignalboxClient(engine, "inspector").order("production", order))
                .isInstanceOfSatisfying(
                    TroubleException.class,
                    away -> {
                      assertThat(away.trouble().code()).isEqualTo(3);
                      assertThat(away.trouble().answer()).isEqualTo("GitHub is away");
                      assertThat(away.trouble().next()).startsWith("Nothing was ordered; say it");
                    }));
  }

  private static void withALedger(Consumer<EngineConnection> deed) {
    try (TestWorkflowEnvironment engine =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(WireFormat.converter())
                        .build())
                .build())) {
      String queue = new TaskQueues("inspector").workflows();
      engine.newWorker(queue).registerWorkflowImplementationTypes(HastyLedger.class);
      engine.start();
      WorkflowClient temporal = engine.getWorkflowClient();
      WorkflowClient.start(
          temporal.newWorkflowStub(
                  EnvironmentWorkflow.class,
                  WorkflowOptions.newBuilder().setWorkflowId(LEDGER).setTaskQueue(queue).build())
              ::run,
          LedgerState.empty("inspector", "production"));
      EngineConnection connection =
          new EngineConnection(
              EngineAddress.local("127.0.0.1:1", "default", "a test"),
              engine.getWorkflowServiceStubs(),
              temporal,
              true);

      deed.accept(connection);
    }
  }

  /** A ledger that turns its first page without waiting for what it has begun. */
  public static final class HastyLedger implements EnvironmentWorkflow {
    private final long page;
    private boolean asked;
    private boolean told;

    @WorkflowInit
    public HastyLedger(LedgerState state) {
      page = state.leases() + 1;
    }

    @Override
    public void hint(Hint hint) {}

    @Override
    public void run(LedgerState state) {
      Workflow.await(() -> asked && page == 1);
      Workflow.newContinueAsNewStub(EnvironmentWorkflow.class)
          .run(
              new LedgerState(
                  state.project(),
                  state.environment(),
                  null,
                  null,
                  null,
                  null,
                  null,
                  page,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null));
    }

    @Override
    public RequestAnswer request(LedgerRequest request) {
      if (request.reason().equals(AWAY_AT_FIRST) && page == 1 && !told) {
        told = true;
        throw ApplicationFailure.newNonRetryableFailure("GitHub is away", "Unavailable");
      }
      asked = true;
      Workflow.await(() -> page == 2);
      return new RequestAnswer("id", null, Outcome.STARTED, "on page " + page, false);
    }

    @Override
    public void validateRequest(LedgerRequest request) {}

    @Override
    public QuarantineReport quarantined(QuarantineQuery query) {
      return null;
    }

    @Override
    public OrderAnswer order(LedgerOrder order) {
      throw ApplicationFailure.newNonRetryableFailure("GitHub is away", "Unavailable");
    }

    @Override
    public void validateOrder(LedgerOrder order) {}

    @Override
    public void ordered(LedgerOrder order) {}

    @Override
    public void leaseRequested(LeaseRequest request) {}

    @Override
    public void leaseReleased(LeaseRelease release) {}

    @Override
    public void runEnded(RunReport report) {}

    @Override
    public void decided(RunDecision decision) {}

    @Override
    public void backupScheduled(BackupRound round) {}

    @Override
    public void backupsUnscheduled() {}

    @Override
    public void monitored(MonitorRun run) {}

    @Override
    public void unmonitored() {}

    @Override
    public void outageOver(OutageReport report) {}

    @Override
    public LedgerStatus status() {
      return new LedgerStatus(
          "production", null, null, null, null, null, null, 0, null, 0, null, null, null);
    }

    @Override
    public OrderAnswer answered(String decisionId) {
      return null;
    }

    @Override
    public LedgerRecord record(String commit) {
      return LedgerRecord.NONE;
    }
  }
}
