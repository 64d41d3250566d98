package dev.signalbox.workflows.backup;

import static dev.signalbox.workflows.fixtures.PipelineFixture.ENVIRONMENT;
import static dev.signalbox.workflows.fixtures.PipelineFixture.PROJECT;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.backup.BackupRequest.Deed;
import dev.signalbox.workflows.backup.VolumeActivities.VolumeAwaited;
import dev.signalbox.workflows.backup.VolumeActivities.VolumeBackup;
import dev.signalbox.workflows.backup.VolumeActivities.VolumeOrder;
import dev.signalbox.workflows.backup.VolumeActivities.VolumeSent;
import dev.signalbox.workflows.backup.VolumeActivities.VolumeState;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.LedgerActivities;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.policy.PolicyActivities;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
  private final List<VolumeBackup> there = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private boolean lands = true;
  private ApplicationFailure answer;
  private String work = "w-1";

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
    engine
        .newWorker(QUEUES.railway())
        .registerActivitiesImplementations(
            Engine.knowing(
                VolumeActivities.class,
                Map.of(
                    "list",
                    query -> new VolumeState("v-1", there),
                    "create",
                    order -> created((VolumeOrder) order),
                    "await",
                    awaited -> awaited((VolumeAwaited) awaited),
                    "remove",
                    removal ->
                        there.removeIf(
                            backup ->
                                backup
                                    .id()
                                    .equals(
                                        ((VolumeActivities.VolumeRemoval) removal).backupId())))));
    engine.start();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void takesOneOfTheVolumeAndSaysWhatItDoesNotProve() {
    Receipt receipt = run(Deed.TAKE).receipts().get(0);

    assertThat(sent).containsExactly(receipt.id());
    assertThat(receipt.id()).startsWith("production-20");
    assertThat(receipt.ofVolume()).isTrue();
    assertThat(receipt.good()).isFalse();
    assertThat(receipt.schema()).isEmpty();
    assertThat(receipt.where()).isEqualTo("railway:volume/v-1/backup/b-" + receipt.id());
  }

  @Test
  void adoptsTheOneThatShowsUpThoughTheAnswerWasLost() {
    answer = failure(FailureType.UNKNOWN_OUTCOME, "the answer was lost");

    Receipt receipt = run(Deed.TAKE).receipts().get(0);

    assertThat(sent).hasSize(1);
    assertThat(receipt.id()).isEqualTo(sent.get(0));
  }

  @Test
  void saysThatNobodyKnowsAndSendsNoSecondOne() {
    answer = failure(FailureType.UNKNOWN_OUTCOME, "the answer was lost");
    lands = false;

    assertThatThrownBy(() -> run(Deed.TAKE))
        .rootCause()
        .hasMessageContaining("nobody can say whether the volume was backed up")
        .hasMessageContaining("the answer was lost");
    assertThat(sent).hasSize(1);
  }

  @Test
  void repeatsWhatIsKnownNotToHaveLeft() {
    answer = failure(FailureType.NOT_SENT, "the connection was refused");
    lands = false;

    engine.registerDelayedCallback(
        java.time.Duration.ofSeconds(10),
        () -> {
          answer = null;
          lands = true;
        });

    assertThat(run(Deed.TAKE).receipts()).hasSize(1);
    assertThat(sent).hasSizeGreaterThan(1);
    assertThat(there).hasSize(1);
  }

  @Test
  void endsWithTheReasonThatRailwayGives() {
    answer = failure(FailureType.REJECTED, "the volume is more than half full");
    lands = false;

    assertThatThrownBy(() -> run(Deed.TAKE))
        .rootCause()
        .hasMessageContaining("the volume is more than half full");
    assertThat(sent).hasSize(1);
  }

  @Test
  void clearsOurOldOnesAwayAndNobodyElses() {
    there.add(new VolumeBackup("by-hand", "Manual", THEN, 1));
    there.add(new VolumeBackup("of-staging", "staging-20261101T030000Z-1a2b3c4d", THEN, 1));
    IntStream.range(0, 15)
        .forEach(
            day ->
                there.add(
                    new VolumeBackup(
                        "old-" + day,
                        "production-202611%02dT030000Z-1a2b3c4d".formatted(day + 1),
                        THEN.plusSeconds(day),
                        1)));

    BackupReport report = run(Deed.TAKE);

    assertThat(report.pruned())
        .containsExactly(
            "production-20261102T030000Z-1a2b3c4d", "production-20261101T030000Z-1a2b3c4d");
    assertThat(there)
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

  private VolumeSent created(VolumeOrder order) {
    sent.add(order.name());
    if (lands) {
      there.add(new VolumeBackup("b-" + order.name(), order.name(), Instant.now(), 7));
    }
    if (answer != null) {
      throw answer;
    }
    return new VolumeSent(work);
  }

  private VolumeBackup awaited(VolumeAwaited awaited) {
    return there.stream()
        .filter(backup -> backup.name().equals(awaited.order().name()))
        .filter(backup -> !awaited.baseline().contains(backup.id()))
        .findFirst()
        .orElseThrow(
            () -> ApplicationFailure.newFailure("not yet", FailureType.UNCHANGED.wireName()));
  }

  private static ApplicationFailure failure(FailureType type, String message) {
    return ApplicationFailure.newFailure(message, type.wireName());
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
