package dev.signalbox.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workers.engine.EngineAddress;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.backup.BackupReport;
import dev.signalbox.workflows.backup.BackupRequest;
import dev.signalbox.workflows.backup.BackupRequest.Deed;
import dev.signalbox.workflows.backup.BackupWorkflow;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackupClientTest {
  /** Waits for nobody, longer than a client looks for a worker. */
  public static final class PausingBackup implements BackupWorkflow {
    @Override
    public BackupReport run(BackupRequest request) {
      Workflow.sleep(Duration.ofSeconds(3));
      return new BackupReport(null, List.of("an-old-one"), null);
    }
  }

  @Test
  void waitsForARunThatRestsBetweenTwoActivities() {
    try (TestWorkflowEnvironment engine =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setUseTimeskipping(false)
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(WireFormat.converter())
                        .build())
                .build())) {
      engine
          .newWorker(new TaskQueues("inspector").workflows())
          .registerWorkflowImplementationTypes(PausingBackup.class);
      engine.start();
      EngineConnection connection =
          new EngineConnection(
              EngineAddress.local("127.0.0.1:1", "default", "a test"),
              engine.getWorkflowServiceStubs(),
              engine.getWorkflowClient(),
              true);

      BackupReport report =
          new SignalboxClient(connection, "inspector", Instant.now().minusSeconds(60))
              .backups(
                  "Backing up",
                  new BackupRequest("inspector", "production", Deed.TAKE, null),
                  id -> {});

      assertThat(report.pruned()).containsExactly("an-old-one");
    }
  }
}
