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
import dev.signalbox.workflows.deploy.RailwayStage;
import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.fixtures.DatabaseStage;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Step;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code migrate run}: the migration half alone. */
@Execution(ExecutionMode.CONCURRENT)
class MigrateByHandTest {
  private static final String OTHER = "c".repeat(40);

  private final WholeHouse house = new WholeHouse(pipeline());
  private final DatabaseStage database = house.database();

  private static PipelineFixture pipeline() {
    return aPipeline().migrating(byDefault()).trusting("temporal-ui");
  }

  @AfterEach
  void close() {
    house.close();
  }

  private void live() {
    house.promote();
    house.promoted();
    house.look(aLook().withLive(REVISION));
  }

  @Test
  void runsWhatIsPendingForTheCommitThatIsLiveWithoutDeployingIt() {
    live();
    database.with(aSchema().with("r1", EXPAND));

    RequestAnswer answer = house.migrate(null);
    DeployResult result = house.migrated();

    assertThat(answer.outcome()).isEqualTo(Outcome.STARTED);
    assertThat(answer.revision()).isEqualTo(REVISION);
    assertThat(answer.id()).isEqualTo(WholeHouse.MIGRATION);
    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(result.steps())
        .extracting(Step::name)
        .containsExactly(
            "gates",
            "approval",
            "lease",
            "reread",
            "backup",
            "migrate-reread",
            "rehearse",
            "migrate",
            "verify-again");
    assertThat(database.at()).containsExactly("r1");
    house.pass(Duration.ofMinutes(1));
    assertThat(house.status().live().schema()).containsExactly("r1");
    assertThat(house.status().holder()).isNull();
    assertThat(house.status().runs().get(1))
        .satisfies(
            entry -> {
              assertThat(entry.detail()).startsWith("migrate: r0 -> r1");
              assertThat(entry.schema().at()).containsExactly("r1");
            });
  }

  @Test
  void asksBeforeWhatTheFormerCodeMayNotBearAlthoughTheNewOneRuns() {
    live();
    database.with(aSchema().with("r1", CONTRACT).with("r2", EXPAND));
    house.migrate(null);
    house.pass(Duration.ofMinutes(5));

    assertThat(house.at(WholeHouse.MIGRATION).state()).isEqualTo("approval");
    assertThat(house.at(WholeHouse.MIGRATION).asks().get(0).text())
        .contains("r1 contract (contract because of r1), r2 expand");
    house.approve(WholeHouse.MIGRATION);

    assertThat(house.migrated().result()).isEqualTo(Result.LIVE);
    assertThat(database.at()).containsExactly("r2");
    house.pass(Duration.ofMinutes(1));
    assertThat(house.status().live().brokenBy()).as("its code bears it").isNull();
  }

  @Test
  void endsWithoutADeedWhenAPersonSaysNo() {
    live();
    database.with(aSchema().with("r1", CONTRACT));
    house.migrate(null);
    house.pass(Duration.ofMinutes(5));
    house.say(WholeHouse.MIGRATION, "reject");

    DeployResult result = house.migrated();

    assertThat(result.result()).isEqualTo(Result.REJECTED);
    assertThat(database.at()).containsExactly("r0");
    house.pass(Duration.ofMinutes(1));
    assertThat(house.status().live().revision()).isEqualTo(REVISION);
    assertThat(house.status().holder()).isNull();
  }

  @Test
  void saysThatNothingIsPending() {
    live();
    house.migrate(null);

    DeployResult result = house.migrated();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(result.detail())
        .isEqualTo("nothing is pending: the database stands at the code's head r0: nothing to do");
  }

  @Test
  void judgesAnotherCommitByTheGatesAndKeepsWhatTheRunningCodeCannotBear() {
    live();
    house.look(aLook().withLive(REVISION));
    database.with(aSchema().with("r1", EXPAND).with("r2", CONTRACT));
    house.migrate(OTHER);

    DeployResult result = house.migrated();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).startsWith("gate verified-in-source: ");
    assertThat(database.deeds()).isEmpty();
  }

  @Test
  void takesTheCommitThatRailwayRunsWhereNothingIsOnRecord() {
    house.look(aLook().withLive(RailwayStage.GOOD));
    database.with(aSchema().with("r1", EXPAND));

    RequestAnswer answer = house.migrate(null);
    DeployResult result = house.migrated();

    assertThat(answer.revision()).isEqualTo(RailwayStage.GOOD);
    assertThat(result.detail()).doesNotContain("gate");
    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(database.at()).containsExactly("r1");
  }

  @Test
  void takesThatCommitToWhereSomebodyNamesIt() {
    house.look(aLook().withLive(RailwayStage.GOOD));
    database.with(aSchema().with("r1", EXPAND));
    house.migrate(RailwayStage.GOOD);

    assertThat(house.migrated().result()).isEqualTo(Result.LIVE);
  }

  @Test
  void isRefusedWhereNothingIsOnRecordAndNobodyNamesACommit() {
    house.railway().deployedByAnother("backend", OTHER);
    RequestAnswer answer = house.migrate(null);

    assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(answer.message())
        .contains("Railway names no one commit", "name the commit", "--commit");
  }

  @Test
  void isRefusedWithoutMigrationsInTheConfiguration() {
    house.policy(aPipeline());

    assertThat(house.migrate(REVISION).message()).startsWith("signalbox.toml has no [migrations]");
  }

  @Test
  void holdsNothingWhileItWaitsForAYes() {
    live();
    database.with(aSchema().with("r1", CONTRACT));
    house.migrate(null);
    house.pass(Duration.ofDays(2));

    assertThat(house.at(WholeHouse.MIGRATION).asks()).hasSize(1);
    assertThat(house.status().holder()).isNull();
    assertThat(house.status().waiting()).containsExactly(WholeHouse.MIGRATION);

    house.say(WholeHouse.MIGRATION, "reject");
    house.migrated();
  }

  @Test
  void asksAgainWhereSomethingElseIsPendingOnceItHasTheLease() {
    live();
    database.with(aSchema().with("r1", CONTRACT).with("r2", CONTRACT));
    house.migrate(null);
    house.pass(Duration.ofMinutes(5));
    database.at("r1");
    house.approve(WholeHouse.MIGRATION);
    house.pass(Duration.ofMinutes(5));

    assertThat(database.deeds()).isEmpty();
    assertThat(house.status().holder()).as("given back for the second question").isNull();
    house.approve(WholeHouse.MIGRATION);

    DeployResult result = house.migrated();
    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(result.steps()).extracting(Step::name).contains("approval-void");
    assertThat(database.deeds()).contains("upgrade r1 by r2");
  }

  @Test
  void isOneAtATimeAndTheSameWhenItIsAskedForTwice() {
    live();
    database.with(aSchema().with("r1", CONTRACT));
    house.migrate(null);
    house.pass(Duration.ofMinutes(5));
    house.at(WholeHouse.MIGRATION);

    RequestAnswer again = house.migrate(null);
    house.at(WholeHouse.MIGRATION);
    RequestAnswer other = house.migrate(OTHER);

    assertThat(again.outcome()).isEqualTo(Outcome.JOINED);
    assertThat(other.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(other.message()).startsWith("migration/inspector/production is under way for");
    house.say(WholeHouse.MIGRATION, "reject");
    house.migrated();
  }

  @Test
  void tellsWhatBecameOfItWhereItFails() {
    live();
    database.with(aSchema().with("r1", EXPAND));
    database.nextUpgrade(order -> database.runs(order, 0, DatabaseStage.refused("r1")));
    house.migrate(null);

    assertThat(house.migrated().result()).isEqualTo(Result.FAILED);
    house.pass(Duration.ofMinutes(1));
    assertThat(house.status().runs())
        .extracting(HistoryEntry::result)
        .containsExactly(Result.LIVE, Result.FAILED);
    assertThat(house.status().live().revision()).isEqualTo(REVISION);
  }
}
