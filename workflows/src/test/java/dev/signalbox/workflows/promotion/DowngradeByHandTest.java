package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.CONTRACT;
import static dev.signalbox.workflows.migration.RevisionClass.EXPAND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.fixtures.DatabaseStage;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.policy.MigrationPolicy.ContractOrder;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Step;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code migrate downgrade}: the schema taken back, where what runs bears it. */
@Execution(ExecutionMode.CONCURRENT)
class DowngradeByHandTest {
  private final WholeHouse house = new WholeHouse(pipeline());
  private final DatabaseStage database = house.database();

  private static PipelineFixture pipeline() {
    return aPipeline().migrating(byDefault()).trusting("temporal-ui");
  }

  @AfterEach
  void close() {
    house.close();
  }

  /** It soaked without r1, which ran afterwards. */
  private void contractedAfterTheSoak() {
    house.promote();
    house.promoted();
    house.look(aLook().withLive(REVISION));
    database.with(aSchema().with("r1", CONTRACT));
    house.migrate(null);
    house.pass(Duration.ofMinutes(5));
    house.approve(WholeHouse.MIGRATION);
    house.migrated();
    house.pass(Duration.ofMinutes(1));
  }

  @Test
  void takesBackWhatTheCodeThatRunsWasLiveWithout() {
    contractedAfterTheSoak();

    RequestAnswer answer = house.downgrade("r0");
    house.pass(Duration.ofMinutes(5));

    assertThat(answer.outcome()).isEqualTo(Outcome.STARTED);
    assertThat(house.at(WholeHouse.MIGRATION).asks().get(0).text())
        .contains("be taken back to r0? Taken back: r1 contract")
        .contains("Gone for good: r1: drops column x of t (7 rows)")
        .endsWith("was live there before.");
    house.approve(WholeHouse.MIGRATION);
    DeployResult result = house.migrated();
    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    assertThat(result.steps())
        .extracting(Step::name)
        .containsSubsequence(
            "approval", "lease", "backup", "migrate-reread", "rehearse", "migrate", "verify-again");
    assertThat(database.at()).containsExactly("r0");
    assertThat(database.deeds()).contains("downgrade r1 by r1");
    house.pass(Duration.ofMinutes(1));
    assertThat(house.status().live().schema()).containsExactly("r0");
    HistoryEntry last = house.status().runs().get(2);
    assertThat(last.detail()).startsWith("downgrade: r1 -> r0");
    assertThat(last.schema().undone()).isEqualTo(1);
  }

  @Test
  void isRefusedWhileTheCodeThatRunsNeedsTheNewerSchema() {
    database.with(aSchema().with("r1", EXPAND));
    house.promote();
    house.promoted();
    house.look(aLook().withLive(REVISION));

    house.downgrade("r0");
    DeployResult result = house.migrated();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail())
        .endsWith(
            " has r1 and was never live without it: promote a commit that does not need it first");
    assertThat(database.at()).containsExactly("r1");
  }

  @Test
  void letsTheFormerSetComeBackAfterAReleaseThatNothingLedBackFrom() {
    house.policy(
        aPipeline().migrating(byDefault().contract(ContractOrder.BEFORE)).trusting("temporal-ui"));
    database.with(aSchema().with("r1", CONTRACT));
    house.health().sickRelease = true;
    house.promote();
    house.pass(Duration.ofMinutes(1));
    house.approve(OnePromotion.id());
    house.pass(Duration.ofMinutes(2));
    house.resolve(OnePromotion.id(), "abandon");
    house.promoted();
    house.pass(Duration.ofMinutes(1));
    assertThat(house.status().former().brokenBy()).isEqualTo("r1");

    house.downgrade("r0");
    house.pass(Duration.ofMinutes(5));
    house.approve(WholeHouse.MIGRATION);
    DeployResult result = house.migrated();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    house.pass(Duration.ofMinutes(1));
    assertThat(result.steps())
        .filteredOn(step -> step.name().equals("verify-again"))
        .extracting(Step::state)
        .containsExactly(Step.State.SKIPPED);
    assertThat(house.status().former().brokenBy()).as("it may be put back now").isNull();
  }

  @Test
  void changesNothingWithoutAYes() {
    contractedAfterTheSoak();
    house.downgrade("r0");
    house.pass(Duration.ofMinutes(5));
    house.say(WholeHouse.MIGRATION, "reject");

    assertThat(house.migrated().result()).isEqualTo(Result.REJECTED);
    assertThat(database.at()).containsExactly("r1");
  }
}
