package dev.signalbox.workflows.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.arrival.ArrivalWorkflowImpl;
import dev.signalbox.workflows.backup.BackupWorkflowImpl;
import dev.signalbox.workflows.backup.ScheduledBackupWorkflowImpl;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflowImpl;
import dev.signalbox.workflows.deploy.MigrateWorkflowImpl;
import dev.signalbox.workflows.deploy.RedeployWorkflowImpl;
import dev.signalbox.workflows.deploy.RestoreWorkflowImpl;
import dev.signalbox.workflows.environment.EnvironmentWorkflowImpl;
import dev.signalbox.workflows.logs.LogsWorkflowImpl;
import dev.signalbox.workflows.monitor.HealthMonitorWorkflowImpl;
import dev.signalbox.workflows.monitor.IncidentWorkflowImpl;
import dev.signalbox.workflows.plan.PlanWorkflowImpl;
import dev.signalbox.workflows.preview.PreviewEnvWorkflowImpl;
import dev.signalbox.workflows.preview.PreviewListWorkflowImpl;
import dev.signalbox.workflows.preview.PreviewReconcilerWorkflowImpl;
import dev.signalbox.workflows.promotion.MigrationRunWorkflowImpl;
import dev.signalbox.workflows.promotion.PromotionWorkflowImpl;
import dev.signalbox.workflows.promotion.RestoreRunWorkflowImpl;
import dev.signalbox.workflows.rollback.RollbackWorkflowImpl;
import dev.signalbox.workflows.spoken.SpokenWorkflowImpl;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every recorded branch is carried on by today's code. {@code signalbox histories record} renews
 * them.
 */
final class HistoriesTest {
  private static final Path HISTORIES = Path.of("src/test/resources/histories");

  @ParameterizedTest(name = "{0}")
  @MethodSource("histories")
  void replaysAsItWasRecorded(Path history) throws IOException {
    String json = Files.readString(HISTORIES.resolve(history));

    assertThatCode(() -> replay(json)).doesNotThrowAnyException();
  }

  @Test
  void hasHistoriesOfEveryWorkflow() throws IOException {
    assertThat(histories().map(path -> path.getName(0).toString()).distinct())
        .containsExactlyInAnyOrder(
            "promotion",
            "deploy",
            "rollback",
            "environment",
            "plan",
            "logs",
            "arrival",
            "redeploy",
            "restore",
            "restore-by-hand",
            "backup",
            "scheduled-backup",
            "migrate",
            "migration",
            "preview",
            "preview-list",
            "previews",
            "spoken",
            "health-monitor",
            "incident");
  }

  @Test
  void carriesNoTokenAndNoNameOfAMachine() throws IOException {
    for (Path history : histories().toList()) {
      String json = Files.readString(HISTORIES.resolve(history));
      // As text: in the JSON every payload is base64, in which nothing would be found.
      String text = WorkflowExecutionHistory.fromJson(json).getHistory().toString();
      assertThat(text)
          .as(history.toString())
          .contains("inspector")
          .doesNotContain("railway_", "ghp_", "github_pat_", "/home/", "/root/", "/tmp/")
          .doesNotContainPattern("identity: \"[0-9]+@");
    }
  }

  private static void replay(String json) throws Exception {
    try (TestWorkflowEnvironment environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(WireFormat.converter())
                        .build())
                .build())) {
      // A second is not enough for the first of them on a busy machine: it loads every class.
      Worker worker =
          environment.newWorker(
              "replay",
              WorkerOptions.newBuilder().setDefaultDeadlockDetectionTimeout(60_000).build());
      worker.registerWorkflowImplementationTypes(
          EnvironmentWorkflowImpl.class,
          PromotionWorkflowImpl.class,
          MigrateAndDeployWorkflowImpl.class,
          RollbackWorkflowImpl.class,
          RedeployWorkflowImpl.class,
          MigrateWorkflowImpl.class,
          RestoreWorkflowImpl.class,
          RestoreRunWorkflowImpl.class,
          MigrationRunWorkflowImpl.class,
          PlanWorkflowImpl.class,
          LogsWorkflowImpl.class,
          BackupWorkflowImpl.class,
          ScheduledBackupWorkflowImpl.class,
          SpokenWorkflowImpl.class,
          ArrivalWorkflowImpl.class,
          PreviewEnvWorkflowImpl.class,
          PreviewListWorkflowImpl.class,
          PreviewReconcilerWorkflowImpl.class,
          HealthMonitorWorkflowImpl.class,
          IncidentWorkflowImpl.class);
      WorkflowReplayer.replayWorkflowExecution(WorkflowExecutionHistory.fromJson(json), worker);
    }
  }

  static Stream<Path> histories() throws IOException {
    try (Stream<Path> files = Files.walk(HISTORIES)) {
      List<Path> found =
          files
              .filter(file -> file.toString().endsWith(".json"))
              .map(HISTORIES::relativize)
              .sorted()
              .toList();
      return found.stream();
    }
  }
}
