package dev.signalbox.workflows.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.fixtures.Engine;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the ledger gives to its archive. */
class LedgerSealingTest extends LedgerPage {
  private static final String ID = EnvironmentWorkflow.id("inspector", "production");

  private final TestWorkflowEnvironment engine = Engine.fresh();
  private final List<HistoryPage> written = new ArrayList<>();
  private Supplier<Boolean> archive = () -> true;

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void sealsAPageAfterTheOtherAndDropsWhatLiesInTheArchive() {
    endsOneByOne(430);

    start();
    engine.sleep(Duration.ofMinutes(30));

    assertThat(written).hasSize(2);
    assertThat(written.get(1).before()).isEqualTo(written.get(0).sealed().hash());
    assertThat(status().history()).hasSize(230);
    assertThat(status().sealed().pages())
        .containsExactly(written.get(0).sealed(), written.get(1).sealed());
  }

  @Test
  void keepsWhatTheArchiveRefusesSaysWhyAndTriesAgain() {
    archive =
        () -> {
          throw ApplicationFailure.newNonRetryableFailure(
              "the disk is full", FailureType.REJECTED.wireName());
        };
    endsOneByOne(300);

    start();
    engine.sleep(Duration.ofMinutes(30));

    assertThat(status().history()).hasSize(300);
    assertThat(status().sealed().trouble()).isEqualTo("the disk is full");

    archive = () -> true;
    engine.sleep(Duration.ofHours(2));

    assertThat(status().history()).hasSize(200);
    assertThat(status().sealed().trouble()).isNull();
  }

  @Test
  void keepsAllWhereThereIsNoArchive() {
    archive = () -> false;
    endsOneByOne(300);

    start();
    engine.sleep(Duration.ofHours(20));

    assertThat(written).hasSize(1);
    assertThat(status().history()).hasSize(300);
    assertThat(status().sealed().trouble()).contains("[archive]");
  }

  private void start() {
    String queue = new TaskQueues("inspector").workflows();
    Worker worker = engine.newWorker(queue);
    worker.registerWorkflowImplementationTypes(EnvironmentWorkflowImpl.class);
    worker.registerActivitiesImplementations(
        Engine.knowing(
            LedgerArchive.class,
            Map.of(
                "seal",
                page -> {
                  written.add((HistoryPage) page);
                  return archive.get();
                })));
    engine.start();
    EnvironmentWorkflow started =
        engine
            .getWorkflowClient()
            .newWorkflowStub(
                EnvironmentWorkflow.class,
                WorkflowOptions.newBuilder().setWorkflowId(ID).setTaskQueue(queue).build());
    WorkflowClient.start(started::run, ledger.state());
  }

  private LedgerStatus status() {
    return engine.getWorkflowClient().newWorkflowStub(EnvironmentWorkflow.class, ID).status();
  }
}
