package dev.signalbox.workflows.plan;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.EXPAND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.backup.WrittenSince;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.Bearing;
import dev.signalbox.workflows.environment.LedgerActivities;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.fixtures.DatabaseStage;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.ResolvedRevision;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import dev.signalbox.workflows.migration.MigrationPlan.State;
import dev.signalbox.workflows.migration.RecordedSchema;
import dev.signalbox.workflows.migration.SchemaRecord;
import dev.signalbox.workflows.policy.PolicyActivities;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaWorkflowTest {
  private static final String HEAD = "b".repeat(40);
  private static final String LIVE = "a".repeat(40);

  private final DatabaseStage database = new DatabaseStage();
  private RecordedSchema recorded;
  private LiveSet live;
  private String backup;
  private PipelineFixture pipeline = aPipeline().migrating(byDefault());

  @Test
  void saysWhatIsPendingSeenFromBothCommits() {
    database.with(aSchema().with("r1", EXPAND));

    SchemaReport report = read(LIVE);

    assertThat(report.asked().revision()).isEqualTo(HEAD);
    assertThat(report.asked().plan().state()).isEqualTo(State.BEHIND);
    assertThat(report.running().revision()).isEqualTo(LIVE);
    assertThat(database.plans()).isEqualTo(2);
  }

  @Test
  void saysWhyTheDatabaseCannotBeReadAndWhetherWaitingHelps() {
    database.away("password authentication failed", FailureType.REJECTED);
    assertThat(read(null).asked())
        .isEqualTo(new SchemaReport.At(HEAD, null, "password authentication failed", true));

    database.away("Connection refused", FailureType.UNAVAILABLE);
    assertThat(read(null).asked())
        .isEqualTo(new SchemaReport.At(HEAD, null, "Connection refused", false));
    assertThat(read(null).running()).isNull();
  }

  @Test
  void saysWhatLeadsUpToOneOfTheRevisions() {
    database.with(aSchema().with("r1", EXPAND).with("r2", EXPAND).with("r3", EXPAND));

    SchemaReport.At asked = towards("r2", null).asked();

    assertThat(asked.plan().revisions())
        .extracting(PlannedRevision::revision)
        .containsExactly("r1", "r2");
    assertThat(asked.down()).isNull();
    assertThat(towards("r0", null).asked().plan().revisions()).isEmpty();
  }

  @Test
  void saysWhatLeadsDownToAnEarlierOneByTheCodeThatIsLive() {
    database.with(aSchema().with("r1", EXPAND).with("r2", EXPAND));
    database.at("r2");

    SchemaReport.At asked = towards("r1", LIVE).asked();

    assertThat(asked.revision()).isEqualTo(LIVE);
    assertThat(asked.down().plan().revisions())
        .extracting(PlannedRevision::revision)
        .containsExactly("r2");
    assertThat(asked.down().losses()).hasSize(1);
  }

  @Test
  void saysWhetherTheCodeThatRunsBearsTheLowerSchema() {
    database.with(aSchema().with("r1", EXPAND).with("r2", EXPAND));
    database.at("r2");
    live = new LiveSet(LIVE, null, Instant.EPOCH, List.of());

    SchemaReport.At asked = towards("r1", LIVE).asked();

    assertThat(asked.bearing().borne()).isFalse();
    assertThat(asked.bearing().why())
        .startsWith("the code that runs (aaaaaaa) has r2 and was never live without it");
    live =
        live.migrated(
            new SchemaRecord(List.of("r1"), List.of("r2"), false, List.of("r2"), null, null));
    assertThat(towards("r1", LIVE).asked().bearing())
        .isEqualTo(new Bearing(true, "the code that runs (aaaaaaa) was live there before"));
  }

  @Test
  void countsWhatARestoreWouldLose() {
    assertThat(read(null).since()).as("nobody asked").isNull();
    backup = "production-20261120T120000Z-1a2b3c4d";

    assertThat(read(null).since().words()).contains("7 rows are lost").contains("34 minutes");
    database.countingAway("the database is away");
    assertThat(read(null).since())
        .isEqualTo(new WrittenSince(backup, null, "the database is away"));
  }

  @Test
  void goesByTheLedgersRecordWhereOnlyRailwayReachesTheDatabase() {
    pipeline = aPipeline().migrating(byDefault().byRailway());
    database.with(aSchema().with("r1", EXPAND));
    recorded = RecordedSchema.of(List.of("r0"), "promotion/inspector/production/1");

    SchemaReport.At asked = read(null).asked();

    assertThat(asked.plan().sentence())
        .isEqualTo(
            "The database was not asked: by the ledger's record of"
                + " promotion/inspector/production/1 it stands at r0, 1 revision behind the code's"
                + " head r1.");
    assertThat(towards("rx", null).asked().down().refused())
        .startsWith("only Railway reaches the database");
  }

  @Test
  void saysWhyNothingIsKnownWhereTheProjectsAlembicCannotBeAsked() {
    pipeline = aPipeline().migrating(byDefault().byRailway());
    database.away("this Python has no Alembic", FailureType.REJECTED);

    MigrationPlan plan = read(null).asked().plan();

    assertThat(plan.state()).isEqualTo(State.UNSEEN);
    assertThat(plan.notes()).contains("what is pending is not known: this Python has no Alembic");
  }

  @Test
  void refusesWhereNothingIsConfigured() {
    pipeline = aPipeline();

    assertThatThrownBy(() -> read(null))
        .rootCause()
        .hasMessageContaining("signalbox.toml has no [migrations]");
  }

  private SchemaReport read(String running) {
    return towards(null, running);
  }

  private SchemaReport towards(String to, String running) {
    TaskQueues queues = new TaskQueues(PipelineFixture.PROJECT);
    try (TestWorkflowEnvironment engine = Engine.fresh()) {
      Worker worker = engine.newWorker(queues.workflows());
      worker.registerWorkflowImplementationTypes(SchemaWorkflowImpl.class);
      worker.registerActivitiesImplementations(
          Engine.knowing(PolicyActivities.class, Map.of("read", any -> pipeline.build())),
          Engine.knowing(
              LedgerActivities.class,
              Map.of("record", any -> new LedgerRecord(live, false, null, null, null, recorded))));
      engine
          .newWorker(queues.github())
          .registerActivitiesImplementations(
              Engine.knowing(
                  GitHubActivities.class,
                  Map.of("resolveRevision", any -> new ResolvedRevision(HEAD, "Add a thing"))));
      engine
          .newWorker(queues.migration())
          .registerActivitiesImplementations(database.migrations(), database.backups());
      engine.start();
      return engine
          .getWorkflowClient()
          .newWorkflowStub(
              SchemaWorkflow.class,
              WorkflowOptions.newBuilder()
                  .setTaskQueue(queues.workflows())
                  .setWorkflowId("schema")
                  .build())
          .run(
              new SchemaRequest(
                  PipelineFixture.PROJECT,
                  PipelineFixture.ENVIRONMENT,
                  null,
                  running,
                  true,
                  to,
                  backup));
    }
  }
}
