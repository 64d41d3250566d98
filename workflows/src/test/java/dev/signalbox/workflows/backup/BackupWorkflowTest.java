package dev.signalbox.workflows.backup;

import static dev.signalbox.workflows.fixtures.PipelineFixture.ENVIRONMENT;
import static dev.signalbox.workflows.fixtures.PipelineFixture.PROJECT;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.backup.BackupActivities.BackupOrder;
import dev.signalbox.workflows.backup.BackupActivities.Backups;
import dev.signalbox.workflows.backup.BackupActivities.PruneOrder;
import dev.signalbox.workflows.backup.BackupActivities.Pruned;
import dev.signalbox.workflows.backup.BackupActivities.VerifyOrder;
import dev.signalbox.workflows.backup.BackupRequest.Deed;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.LedgerActivities;
import dev.signalbox.workflows.environment.LedgerActivities.ToldDecision;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.migration.SchemaRecord;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackupWorkflowTest {
  private static final Instant THEN = Instant.parse("2026-11-21T10:00:00Z");
  private static final TaskQueues QUEUES = new TaskQueues(PROJECT);

  private final TestWorkflowEnvironment engine = Engine.fresh();
  private final List<Object> orders = new ArrayList<>();
  private Pipeline pipeline = aPipeline().migrating(byDefault()).build();
  private LiveSet live;
  private Consumer<WorkflowStub> whileTaking = run -> {};
  private ApplicationFailure pruneFails;

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void takesABackupOfWhateverTheDatabaseNamesAndClearsOldOnesAway() {
    BackupReport report = run(Deed.TAKE, null);

    BackupOrder order = (BackupOrder) orders.get(0);
    assertThat(order.id()).startsWith("production-20").matches("[A-Za-z0-9-]+");
    assertThat(order.schema()).isNull();
    assertThat(report.receipts()).extracting(Receipt::id).containsExactly(order.id());
    assertThat(report.pruned()).containsExactly("an-old-one");
  }

  @Test
  void keepsTheBackupThatTheLiveReleaseRefersTo() {
    live =
        new LiveSet("a".repeat(40), null, THEN, List.of())
            .at(
                new SchemaRecord(
                    List.of("r1"), List.of("r2"), false, List.of("r2"), "r2", "before"));

    run(Deed.TAKE, null);

    assertThat(((PruneOrder) orders.get(1)).inUse()).isEqualTo(Set.of("before"));
  }

  @Test
  void givesTheReceiptAlsoWhenOldOnesCannotBeClearedAway() {
    pruneFails =
        ApplicationFailure.newNonRetryableFailure(
            "the archive is read-only", FailureType.REJECTED.wireName());

    BackupReport report = run(Deed.TAKE, null);

    assertThat(report.receipts()).hasSize(1);
    assertThat(report.remarks())
        .containsExactly("old backups were not cleared away: the archive is read-only");
  }

  @Test
  void verifiesTheNewestWhereNoneIsNamed() {
    assertThat(run(Deed.VERIFY, null).receipts()).extracting(Receipt::id).containsExactly("newest");
    assertThat(run(Deed.VERIFY, "older").receipts())
        .extracting(Receipt::id)
        .containsExactly("older");
  }

  @Test
  void saysThatNoDatabaseIsNamed() {
    pipeline = aPipeline().build();

    assertThatThrownBy(() -> run(Deed.TAKE, null))
        .rootCause()
        .hasMessageContaining("signalbox.toml names no database")
        .hasMessageContaining("[migrations]");
    assertThat(orders).isEmpty();
  }

  @Test
  void saysThatThePolicyWantsNone() {
    pipeline = aPipeline().migrating(byDefault().withoutBackup()).build();

    assertThatThrownBy(() -> run(Deed.TAKE, null))
        .rootCause()
        .hasMessageContaining("there are no backups by policy");
    assertThat(orders).isEmpty();
  }

  @Test
  void tellsTheLedgerWhoCancelledIt() {
    whileTaking =
        run -> {
          run.signal(
              "resolve",
              new AnswerMessage("cancel", "cancel", "ben", "too slow", "cli", null, null));
          run.cancel();
        };

    assertThatThrownBy(() -> run(Deed.TAKE, null)).hasMessageContaining("was cancelled");

    // A workflow task that is done again tells again, and to the ledger one decision is one.
    assertThat(orders)
        .filteredOn(ToldDecision.class::isInstance)
        .extracting(told -> ((ToldDecision) told).decision())
        .isNotEmpty()
        .allSatisfy(
            word -> {
              assertThat(word.decision().person()).isEqualTo("ben");
              assertThat(word.decision().verdict()).isEqualTo("cancel");
              assertThat(word.decision().reason()).isEqualTo("too slow");
            });
  }

  private BackupReport run(Deed deed, String id) {
    if (!engine.isStarted()) {
      start();
    }
    return engine
        .getWorkflowClient()
        .newWorkflowStub(
            BackupWorkflow.class,
            WorkflowOptions.newBuilder().setTaskQueue(QUEUES.workflows()).build())
        .run(new BackupRequest(PROJECT, ENVIRONMENT, deed, id));
  }

  private void start() {
    Worker workflows = engine.newWorker(QUEUES.workflows());
    workflows.registerWorkflowImplementationTypes(BackupWorkflowImpl.class);
    workflows.registerActivitiesImplementations(
        Engine.knowing(PolicyActivities.class, Map.of("read", query -> pipeline)),
        Engine.knowing(
            LedgerActivities.class,
            Map.of(
                "record",
                query -> new LedgerRecord(live, false, null, null),
                "tell",
                this::noted)));
    engine
        .newWorker(QUEUES.migration())
        .registerActivitiesImplementations(
            Engine.knowing(
                BackupActivities.class,
                Map.of(
                    "take",
                    order -> taken((BackupOrder) noted(order)),
                    "list",
                    database -> new Backups(List.of(receipt("newest"), receipt("older"))),
                    "verify",
                    order -> receipt(((VerifyOrder) order).id()),
                    "prune",
                    order -> {
                      noted(order);
                      return pruned();
                    })));
    engine.start();
  }

  private Receipt taken(BackupOrder order) {
    whileTaking.accept(
        engine
            .getWorkflowClient()
            .newUntypedWorkflowStub(Activity.getExecutionContext().getInfo().getWorkflowId()));
    return receipt(order.id());
  }

  private Object noted(Object order) {
    orders.add(order);
    return order;
  }

  private Pruned pruned() {
    if (pruneFails != null) {
      throw pruneFails;
    }
    return new Pruned(List.of("an-old-one"));
  }

  private static Receipt receipt(String id) {
    return new Receipt(
        id,
        PROJECT,
        ENVIRONMENT,
        "db:5432/app",
        List.of("r1"),
        1,
        "ab",
        THEN,
        Duration.ofSeconds(1),
        "file:/" + id,
        Map.of(),
        null);
  }
}
