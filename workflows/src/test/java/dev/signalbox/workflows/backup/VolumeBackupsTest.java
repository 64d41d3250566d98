package dev.signalbox.workflows.backup;

import static dev.signalbox.workflows.fixtures.PipelineFixture.ENVIRONMENT;
import static dev.signalbox.workflows.fixtures.PipelineFixture.PROJECT;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.backup.BackupRequest.Deed;
import dev.signalbox.workflows.backup.VolumeActivities.VolumeBackup;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.LedgerActivities;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.fixtures.VolumeStage;
import dev.signalbox.workflows.policy.PolicyActivities;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A backup that Railway takes of the database's volume. */
class VolumeBackupsTest {
  private static final Instant THEN = Instant.parse("2026-11-01T03:00:00Z");
  private static final TaskQueues QUEUES = new TaskQueues(PROJECT);

  private final TestWorkflowEnvironment engine = Engine.fresh();
  private final VolumeStage volume = new VolumeStage();

  @BeforeEach
  void start() {
    Worker workflows = engine.newWorker(QUEUES.workflows());
    workflows.registerWorkflowImplementationTypes(BackupWorkflowImpl.class);
    workflows.registerActivitiesImplementations(
        Engine.knowing(
            PolicyActivities.class,
            Map.of(
                "read", query -> aPipeline().migrating(byDefault().ofVolume("postgres")).build())),
        Engine.knowing(
            LedgerActivities.class,
            Map.of("record", query -> new LedgerRecord(null, false, null, null))));
    engine.newWorker(QUEUES.railway()).registerActivitiesImplementations(volume.activities());
    engine.start();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void takesOneOfTheVolumeAndSaysWhatItDoesNotProve() {
    Receipt receipt = run(Deed.TAKE).receipts().get(0);

    assertThat(volume.sent()).containsExactly(receipt.id());
    assertThat(receipt.id()).startsWith("production-20");
    assertThat(receipt.ofVolume()).isTrue();
    assertThat(receipt.good()).isFalse();
    assertThat(receipt.schema()).isEmpty();
    assertThat(receipt.where()).isEqualTo("railway:volume/v-1/backup/b-" + receipt.id());
  }

  @Test
  void adoptsTheOneThatShowsUpThoughTheAnswerWasLost() {
    volume.answers(FailureType.UNKNOWN_OUTCOME, "the answer was lost", true);

    Receipt receipt = run(Deed.TAKE).receipts().get(0);

    assertThat(volume.sent()).hasSize(1);
    assertThat(receipt.id()).isEqualTo(volume.sent().get(0));
  }

  @Test
  void saysThatNobodyKnowsAndSendsNoSecondOne() {
    volume.answers(FailureType.UNKNOWN_OUTCOME, "the answer was lost", false);

    assertThatThrownBy(() -> run(Deed.TAKE))
        .rootCause()
        .hasMessageContaining("nobody can say whether the volume was backed up")
        .hasMessageContaining("the answer was lost");
    assertThat(volume.sent()).hasSize(1);
  }

  @Test
  void repeatsWhatIsKnownNotToHaveLeft() {
    volume.answers(FailureType.NOT_SENT, "the connection was refused", false);

    Engine.once(engine, Duration.ofSeconds(10), () -> !volume.sent().isEmpty(), volume::mended);

    assertThat(run(Deed.TAKE).receipts()).hasSize(1);
    assertThat(volume.sent()).hasSizeGreaterThan(1);
    assertThat(volume.there()).hasSize(1);
  }

  @Test
  void endsWithTheReasonThatRailwayGives() {
    volume.answers(FailureType.REJECTED, "the volume is more than half full", false);

    assertThatThrownBy(() -> run(Deed.TAKE))
        .rootCause()
        .hasMessageContaining("the volume is more than half full");
    assertThat(volume.sent()).hasSize(1);
  }

  @Test
  void clearsOurOldOnesAwayAndNobodyElses() {
    volume.there().add(new VolumeBackup("by-hand", "Manual", THEN, 1));
    volume
        .there()
        .add(new VolumeBackup("of-staging", "staging-20261101T030000Z-1a2b3c4d", THEN, 1));
    IntStream.range(0, 15)
        .forEach(
            day ->
                volume
                    .there()
                    .add(
                        new VolumeBackup(
                            "old-" + day,
                            "production-202611%02dT030000Z-1a2b3c4d".formatted(day + 1),
                            THEN.plusSeconds(day),
                            1)));

    BackupReport report = run(Deed.TAKE);

    assertThat(report.pruned())
        .containsExactly(
            "production-20261102T030000Z-1a2b3c4d", "production-20261101T030000Z-1a2b3c4d");
    assertThat(volume.there())
        .extracting(VolumeBackup::id)
        .contains("by-hand", "of-staging", "old-2")
        .doesNotContain("old-0", "old-1");
    assertThat(run(Deed.LIST).receipts()).hasSize(14);
  }

  @Test
  void provesNone() {
    assertThatThrownBy(() -> run(Deed.VERIFY))
        .rootCause()
        .hasMessageContaining("nobody can prove it beside");
  }

  private BackupReport run(Deed deed) {
    return engine
        .getWorkflowClient()
        .newWorkflowStub(
            BackupWorkflow.class,
            WorkflowOptions.newBuilder().setTaskQueue(QUEUES.workflows()).build())
        .run(new BackupRequest(PROJECT, ENVIRONMENT, deed, null));
  }
}
