package dev.signalbox.workflows.plan;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.CONTRACT;
import static dev.signalbox.workflows.migration.RevisionClass.EXPAND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.migration.SchemaChange;
import dev.signalbox.workflows.plan.PlanReport.RollbackOutlook;
import dev.signalbox.workflows.policy.MigrationPolicy.ContractOrder;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.railway.Deployment;
import dev.signalbox.workflows.railway.Deployment.Status;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.RecentQuery;
import dev.signalbox.workflows.railway.RecentDeployments;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code status} says about a rollback by hand at this moment. */
class WayBackTest {
  private SchemaChange schema;
  private static final Instant REPLACED = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration RETENTION = Duration.ofDays(3);
  private static final String FORMER = "a".repeat(40);

  private boolean backendKept = true;
  private boolean backendTagged;
  private Duration retention = RETENTION;
  private String revision = FORMER;
  private String gone;

  @Test
  void isInstantUntilTheFirstImageIsDropped() {
    RollbackOutlook outlook = outlook(aPipeline());

    assertThat(outlook.verdict()).isEqualTo("instant");
    assertThat(outlook.until()).isEqualTo(REPLACED.plus(RETENTION));
  }

  @Test
  void namesAServiceThatIsGone() {
    assertThat(outlook(aPipeline().withJob("nightly")).detail())
        .isEqualTo(
            "Railway has no service named nightly in this environment (env): deleted, or renamed?"
                + " It has backend (backend), frontend (frontend)");
  }

  @Test
  void saysInRailwaysWordsThatTheEnvironmentIsGone() {
    gone = "project p-1 has no environment named production; it has prod (e-2)";

    assertThat(outlook(aPipeline()).verdict()).isEqualTo("unknown");
    assertThat(outlook(aPipeline()).detail()).isEqualTo(gone);
  }

  @Test
  void saysWhatARebuildWouldTakeWhereAnImageIsGone() {
    backendKept = false;

    RollbackOutlook asked = outlook(aPipeline());
    RollbackOutlook rebuilt = outlook(aPipeline().rebuildingWhatIsGone());

    assertThat(asked.verdict()).isEqualTo("rebuildOnly");
    assertThat(asked.detail()).contains("backend", "a person would be asked");
    assertThat(asked.until()).isNull();
    assertThat(rebuilt.verdict()).isEqualTo("rebuildOnly");
    assertThat(rebuilt.detail()).contains("built again, with today's variables");
  }

  @Test
  void promisesNothingOfAnImageThatOnlyItsTagNames() {
    backendKept = false;
    backendTagged = true;

    // Within its retention, or of a plan whose retention is not known, nobody can say.
    retention = null;
    RollbackOutlook perhaps = outlook(aPipeline());

    assertThat(perhaps.verdict()).isEqualTo("rebuildOnly");
    assertThat(perhaps.until()).isNull();
    assertThat(perhaps.detail())
        .contains("backend: Railway offers no rollback; redeploy of the previous image tag")
        .contains("with today's variables", "which Railway does not say")
        .contains("frontend: rollback, its image is kept")
        .doesNotContain("gone");
  }

  @Test
  void callsAnImageGoneThatIsPastItsRetentionWhateverItsTagSays() {
    backendKept = false;
    backendTagged = true;
    retention = Duration.between(REPLACED, Instant.EPOCH);

    RollbackOutlook outlook = outlook(aPipeline());

    assertThat(outlook.verdict()).isEqualTo("rebuildOnly");
    assertThat(outlook.detail()).contains("backend: its image is gone", "a person would be asked");
  }

  @Test
  void goesForwardOnlyWhereNothingCouldBeBuiltAgain() {
    backendKept = false;
    revision = null;

    assertThat(outlook(aPipeline().rebuildingWhatIsGone()).verdict()).isEqualTo("forwardOnly");
  }

  @Test
  void judgesWhatAFailedPromotionGoesBackToByTheSameRule() {
    assertThat(toWhatRuns(aPipeline(), true, FORMER).verdict()).isEqualTo("instant");
    assertThat(toWhatRuns(aPipeline(), false, FORMER).detail()).contains("a person would be asked");
    assertThat(toWhatRuns(aPipeline().rebuildingWhatIsGone(), false, FORMER).detail())
        .contains("built again, with today's variables");
    assertThat(toWhatRuns(aPipeline(), false, null).verdict()).isEqualTo("forwardOnly");
    backendTagged = true;
    assertThat(toWhatRuns(aPipeline(), false, null).verdict()).isEqualTo("unknown");
    assertThat(toWhatRuns(aPipeline(), false, null).detail()).contains("previous image tag");
    assertThat(toWhatRuns(aPipeline(), true, null).verdict()).isEqualTo("instant");
    assertThat(
            WayBack.toWhatRuns(
                    aPipeline().build(), new EnvironmentState("env", List.of(), "f", null), null)
                .verdict())
        .isEqualTo("forwardOnly");
  }

  @Test
  void leadsNowhereOnceARevisionHasRunThatTheFormerCodeMayNotBear() {
    schema = schema(ContractOrder.BEFORE);

    RollbackOutlook outlook = toWhatRuns(aPipeline(), true, FORMER);

    assertThat(outlook.verdict()).isEqualTo("forwardOnly");
    assertThat(outlook.detail())
        .isEqualTo(
            "once r2 has run, what runs now may not be able to read the schema; before that:"
                + " instant, Railway keeps every image of what runs now");
    schema = schema(ContractOrder.AFTER);
    assertThat(toWhatRuns(aPipeline(), true, FORMER).verdict()).isEqualTo("instant");
  }

  private static SchemaChange schema(ContractOrder order) {
    return SchemaChange.of(
            aSchema().with("r1", EXPAND).with("r2", CONTRACT).plan(),
            byDefault().contract(order).build(),
            false)
        .orElseThrow();
  }

  @Test
  void knowsFromTheRecordThatTheFormerCodeCannotReadTheSchema() {
    LiveSet live = new LiveSet("b".repeat(40), null, REPLACED, List.of());
    LiveSet former =
        new LiveSet(FORMER, null, REPLACED, List.of(former("backend", FORMER))).brokenBy("r2");

    assertThat(
            WayBack.onRecord(
                new LedgerStatus(
                    "production",
                    live,
                    null,
                    former,
                    null,
                    null,
                    null,
                    0,
                    null,
                    0,
                    null,
                    null,
                    null)))
        .hasValueSatisfying(
            outlook -> {
              assertThat(outlook.verdict()).isEqualTo("forwardOnly");
              assertThat(outlook.detail()).startsWith("revision r2 has run since ");
            });
  }

  private RollbackOutlook toWhatRuns(PipelineFixture pipeline, boolean kept, String commit) {
    ServiceDeployment active = new ServiceDeployment("backend", "now", commit, kept, REPLACED);
    ServiceState backend =
        new ServiceState(
            "backend",
            "backend",
            active,
            active,
            null,
            List.of(),
            List.of(),
            false,
            backendTagged,
            false);
    return WayBack.toWhatRuns(
        pipeline.build(), new EnvironmentState("env", List.of(backend), "f", null), schema);
  }

  private RollbackOutlook outlook(PipelineFixture pipeline) {
    TaskQueues queues = new TaskQueues(PipelineFixture.PROJECT);
    try (TestWorkflowEnvironment engine = Engine.fresh()) {
      Worker worker = engine.newWorker(queues.workflows());
      worker.registerWorkflowImplementationTypes(PlanWorkflowImpl.class);
      worker.registerActivitiesImplementations(
          Engine.knowing(PolicyActivities.class, Map.of("read", any -> pipeline.build())));
      engine
          .newWorker(queues.railway())
          .registerActivitiesImplementations(
              Engine.knowing(
                  RailwayActivities.class,
                  Map.of(
                      "readEnvironment", any -> environment(),
                      "recentDeployments", query -> recent(((RecentQuery) query).service()))));
      engine.start();
      return engine
          .getWorkflowClient()
          .newWorkflowStub(
              PlanWorkflow.class,
              WorkflowOptions.newBuilder()
                  .setTaskQueue(queues.workflows())
                  .setWorkflowId("plan")
                  .build())
          .run(PlanRequest.wayBack(PipelineFixture.PROJECT, "production", ledger()))
          .rollback();
    }
  }

  private LedgerStatus ledger() {
    LiveSet live = new LiveSet("b".repeat(40), null, REPLACED, List.of());
    LiveSet former =
        new LiveSet(
            FORMER,
            null,
            REPLACED,
            List.of(former("backend", revision), former("frontend", FORMER)));
    return new LedgerStatus(
        "production", live, null, former, null, null, null, 0, null, 0, null, null, null);
  }

  private static ServiceDeployment former(String service, String commit) {
    return new ServiceDeployment(service, "former-" + service, commit, true, REPLACED);
  }

  private EnvironmentState environment() {
    if (gone != null) {
      throw ApplicationFailure.newNonRetryableFailure(gone, FailureType.NOT_FOUND.wireName());
    }
    return new EnvironmentState("env", List.of(state("backend"), state("frontend")), "f", null);
  }

  private static ServiceState state(String service) {
    ServiceDeployment active =
        new ServiceDeployment(service, "now-" + service, "b".repeat(40), true, REPLACED);
    return new ServiceState(service, service, active, active, null, List.of(), List.of());
  }

  private RecentDeployments recent(String service) {
    boolean kept = backendKept || service.equals("frontend");
    boolean tagged = kept || backendTagged;
    Deployment former =
        new Deployment(
            "former-" + service,
            FORMER,
            Status.REMOVED,
            "REMOVED",
            null,
            kept,
            REPLACED.minusSeconds(60),
            tagged,
            service.equals("backend") ? REPLACED : REPLACED.plusSeconds(60));
    return new RecentDeployments(List.of(former), retention);
  }
}
