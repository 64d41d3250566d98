package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.CONTRACT;
import static dev.signalbox.workflows.migration.RevisionClass.EXPAND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.fixtures.DatabaseStage;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.gate.FactsActivities;
import dev.signalbox.workflows.gate.FactsActivities.FactsQuery;
import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.PullRequest;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.policy.MigrationPolicy.ContractOrder;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A promotion of a commit with migrations, up to its approval. */
class WaitingForTheDatabaseTest {
  private final PipelineFixture pipeline =
      aPipeline().migrating(byDefault()).trusting("temporal-ui");
  private final DatabaseStage database = new DatabaseStage();
  private final List<PromotionStatus> seen = new ArrayList<>();
  private TestWorkflowEnvironment engine;

  @BeforeEach
  void start() {
    engine = Engine.fresh();
    GitHubActivities github =
        Engine.knowing(
            GitHubActivities.class,
            Map.of("ensurePull", draft -> new PullRequest(7, "https://github/7")));
    NotifyActivities notify = Engine.knowing(NotifyActivities.class, Map.of());
    OnePromotion.prepare(
        engine,
        Engine.knowing(PolicyActivities.class, Map.of("read", query -> pipeline.build())),
        Engine.knowing(
            FactsActivities.class, "read", FactsQuery.class, WaitingForTheDatabaseTest::looked),
        github,
        notify);
    engine.newWorker(OnePromotion.QUEUES.github()).registerActivitiesImplementations(github);
    engine.newWorker(OnePromotion.QUEUES.notices()).registerActivitiesImplementations(notify);
    engine
        .newWorker(OnePromotion.QUEUES.migration())
        .registerActivitiesImplementations(database.migrations());
    engine.start();
  }

  private static Object looked(FactsQuery query) {
    if (query.unlike() != null) {
      throw ApplicationFailure.newFailure("nothing has changed", "Unchanged");
    }
    return aLook().build();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void waitsForADatabaseThatIsAwayAndGoesOnWhenItIsBack() {
    database.with(aSchema().with("r1", EXPAND));
    database.away("10.0.0.1:5432: Connection refused", FailureType.UNAVAILABLE);
    pipeline.approvedByReleasers(1);
    lookAfter(Duration.ofMinutes(20));
    engine.registerDelayedCallback(Duration.ofHours(3), database::back);
    lookAfter(Duration.ofHours(3).plusMinutes(20));

    assertThat(promote().result()).isEqualTo(Result.REJECTED);
    assertThat(gate(0))
        .isEqualTo(
            GateResult.waiting(
                "migrations", "10.0.0.1:5432: Connection refused", null, "the database"));
    assertThat(seen.get(1).state()).isEqualTo("approval");
    assertThat(database.plans()).as("tried at a growing pause").isLessThan(500);
  }

  @Test
  void endsForAProjectThatCannotBeUsed() {
    database.away("No module named 'app'", FailureType.REJECTED);

    PromotionResult result = promote();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).isEqualTo("gate migrations: No module named 'app'");
  }

  @Test
  void looksFromTimeToTimeWhetherTheSourceHasRunThem() {
    database.with(aSchema().with("r1", EXPAND));
    database.sourceAt("r0");
    pipeline.approvedByReleasers(1);
    lookAfter(Duration.ofMinutes(15));
    engine.registerDelayedCallback(Duration.ofMinutes(31), () -> database.sourceAt("r1"));
    lookAfter(Duration.ofMinutes(45));

    promote();

    assertThat(gate(0).evidence()).isEqualTo("staging has not run r1: its database stands at r0");
    assertThat(seen.get(1).state()).isEqualTo("approval");
    assertThat(database.sourceLooks()).isBetween(4, 6);
  }

  @Test
  void asksAPersonBeforeWhatTheFormerCodeMayNotBearWhereNobodyElseIsAsked() {
    pipeline.migrating(byDefault().contract(ContractOrder.BEFORE));
    database.with(aSchema().with("r1", CONTRACT));
    lookAfter(Duration.ofHours(1));

    promote();

    Ask ask = seen.get(0).asks().get(0);
    assertThat(ask.text()).contains("The schema changes: r1 contract (contract because of r1).");
    assertThat(seen.get(0).card()).contains("- migrates `r1` **contract**");
  }

  private GateResult gate(int look) {
    return seen.get(look).gates().stream()
        .filter(one -> one.name().equals("migrations"))
        .findFirst()
        .orElseThrow();
  }

  private void lookAfter(Duration time) {
    engine.registerDelayedCallback(
        time,
        () ->
            seen.add(
                engine
                    .getWorkflowClient()
                    .newWorkflowStub(PromotionWorkflow.class, OnePromotion.id())
                    .status()));
  }

  private PromotionResult promote() {
    return OnePromotion.run(engine);
  }
}
