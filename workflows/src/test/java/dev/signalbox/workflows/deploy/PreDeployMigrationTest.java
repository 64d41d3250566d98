package dev.signalbox.workflows.deploy;

import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.DATA;
import static dev.signalbox.workflows.migration.RevisionClass.EXPAND;
import static dev.signalbox.workflows.migration.RevisionClass.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.fixtures.DatabaseStage;
import dev.signalbox.workflows.fixtures.Person.Question;
import dev.signalbox.workflows.fixtures.PolicyOfMigrations;
import dev.signalbox.workflows.fixtures.SchemaFixture;
import dev.signalbox.workflows.migration.SchemaRecord;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Migrations that Railway runs in a service's pre-deploy command. */
@Order(1)
class PreDeployMigrationTest extends MigratingDeploys {
  private static final String RUN = "pre-deploy@bbbbbbbbbbbb";
  private static final SchemaFixture UNSEEN =
      aSchema().withNonTransactional(RUN, UNKNOWN).headless();
  private static final String SET = "pre-deploy backend alembic upgrade head";
  private DatabaseStage stage;

  @BeforeEach
  void byRailway() {
    stage = by(byDefault().byRailway());
  }

  @Test
  void setsTheCommandAndPutsTheFormerOneBackWhenItIsDeployed() {
    house.railway().preDeploy("./former");

    DeployResult result = house.migrating(UNSEEN).result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(house.railway().deeds().get(0)).isEqualTo(SET);
    assertThat(house.railway().deeds().get(1)).startsWith("deploy backend");
    assertThat(house.railway().deeds()).endsWith("pre-deploy backend ./former");
    assertThat(house.railway().preDeploy()).containsExactly("./former");
    assertThat(step(result, "migrate"))
        .isEqualTo(
            "Railway ran `alembic upgrade head` before backend started, and it ended with 0; where"
                + " the database stands is not known here");
    assertThat(result.schema().lost()).isTrue();
    assertThat(result.schema().ran()).containsExactly(RUN);
    assertThat(result.schema().contract()).isEqualTo(RUN);
    assertThat(stage.deeds()).isEmpty();
  }

  // ---- what the ledger says of the database

  private static final SchemaFixture RECORDED =
      aSchema().with("r1", EXPAND).with("r2", DATA).recorded("the ledger's record of some run");

  @Test
  void takesTheDatabaseToStandAtTheHeadOfWhatRailwayRanToItsEnd() {
    DeployResult result = house.migrating(RECORDED).result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(step(result, "migrate"))
        .endsWith("ended with 0; the database is taken to stand at r2, nobody asked it");
    assertThat(result.schema())
        .isEqualTo(
            new SchemaRecord(List.of("r0"), List.of("r2"), false, List.of("r1", "r2"), null, null));
  }

  @Test
  void goesBackWhereTheReleaseIsBadAfterWhatTheFormerCodeBears() {
    house.withASickRelease();

    DeployResult result = house.migrating(RECORDED).result();

    assertThat(result.result()).isEqualTo(Result.ROLLED_BACK);
    assertThat(result.schema().at()).containsExactly("r2");
  }

  @Test
  void doesNotKnowWhereTheDatabaseStandsWhereTheCommandFailed() {
    house.railway().nextWait(house.railway()::failed);
    house.railway().failingAt("PRE_DEPLOY_COMMAND: ended with exit code 1");

    DeployResult result = house.migrating(RECORDED).result();

    assertThat(result.schema())
        .isEqualTo(new SchemaRecord(List.of("r0"), List.of(), true, List.of(), null, null));
  }

  // ---- saved first, by Railway too

  private static PolicyOfMigrations savedByRailway() {
    return byDefault().ofVolume("postgres").unproved("Railway keeps it").byRailway();
  }

  @Test
  void hasTheVolumeBackedUpBeforeTheCommandIsSet() {
    by(savedByRailway());

    DeployResult result = house.migrating(UNSEEN).result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    assertThat(result.steps()).extracting(Step::name).startsWith("backup", "migrate", "deploy");
    assertThat(step(result, "backup"))
        .endsWith(": Railway's, of the volume of postgres; not proved");
    assertThat(house.volume().sent()).containsExactly(result.schema().receipt());
    assertThat(house.railway().deeds().get(0)).isEqualTo(SET);
  }

  @Test
  void setsNothingWhereRailwayDoesNotBackTheVolumeUp() {
    by(savedByRailway());
    house.volume().answers(FailureType.REJECTED, "the volume is more than half full", false);

    DeployResult result = house.migrating(UNSEEN).result();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail())
        .startsWith(
            "stopped before the migration: the volume was not backed up: the volume is more than"
                + " half full");
    assertThat(house.railway().deeds()).isEmpty();
    assertThat(result.schema()).isNull();
  }

  @Test
  void setsNothingWhereNobodySaidThatAnUnprovedBackupIsEnough() {
    by(byDefault().ofVolume("postgres").byRailway());

    DeployResult result = house.migrating(UNSEEN).result();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).contains("was not proved by restoring it");
    assertThat(house.railway().deeds()).isEmpty();
  }

  @Test
  void leavesACommandThatIsTheSameAlready() {
    house.railway().preDeploy("alembic upgrade head");

    DeployResult result = house.migrating(UNSEEN).result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(house.railway().deeds()).noneMatch(deed -> deed.startsWith("pre-deploy"));
  }

  @Test
  void saysThatADeploymentNeverBecameLiveAndThatNobodyKnowsWhereTheDatabaseStands() {
    house.railway().nextWait(house.railway()::failed);
    house
        .railway()
        .failingAt(
            "PRE_DEPLOY_COMMAND: ended with exit code 1", "Running upgrade r0 -> r1", "boom");

    DeployResult result = house.migrating(UNSEEN).result();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail())
        .isEqualTo(
            "the pre-deploy command of backend failed, so this deployment never became live"
                + " (PRE_DEPLOY_COMMAND: ended with exit code 1); how far the migration came is not"
                + " known: look at the database; nothing was replaced; "
                + RUN
                + " may have run in part, and the code before it may not be able to read the"
                + " schema");
    assertThat(result.evidence()).containsExactly("Running upgrade r0 -> r1", "boom");
    assertThat(result.schema().lost()).isTrue();
    assertThat(result.schema().ran()).isEmpty();
    assertThat(result.quarantine()).isFalse();
    assertThat(result.mixed()).isFalse();
    assertThat(house.railway().preDeploy()).isEmpty();
    assertThat(house.railway().deeds()).noneMatch(deed -> deed.startsWith("rollback"));
  }

  @Test
  void hasRunNothingWhereTheBuildFailsBeforeIt() {
    house.railway().nextWait(house.railway()::failed);

    DeployResult result = house.migrating(UNSEEN).result();

    assertThat(result.schema()).isNull();
    assertThat(step(result, "migrate"))
        .isEqualTo("not run: the deployment failed before it (BUILD_IMAGE)");
    assertThat(house.railway().preDeploy()).isEmpty();
  }

  @Test
  void putsTheFormerOneBackWhenTheRunsTimeIsUp() {
    house.railway().preDeploy("./former");
    house
        .railway()
        .nextWait(
            order -> {
              house.timeIsUp("not done after 1h");
              return house.railway().active(order);
            });
    house.answerAfter(Duration.ofHours(1), "abandon");

    DeployResult result = house.migrating(UNSEEN).result();

    assertThat(result.result()).isEqualTo(Result.TIMED_OUT);
    assertThat(result.schema().contract()).isEqualTo(RUN);
    assertThat(house.railway().preDeploy()).containsExactly("./former");
  }

  @Test
  void leavesACommandThatSomebodyElseHasSetMeanwhile() {
    house
        .railway()
        .nextWait(
            order -> {
              house.railway().preDeploy("./theirs");
              return house.railway().active(order);
            });

    DeployResult result = house.migrating(UNSEEN).result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(step(result, "pre-deploy"))
        .isEqualTo("left as somebody else has set it: `./theirs`");
    assertThat(house.railway().preDeploy()).containsExactly("./theirs");
  }

  @Test
  void asksWhereTheReleaseIsBadAfterItBecauseTheFormerCodeMayNotBearIt() {
    house.withASickRelease();
    Question asked = house.answerAfter(Duration.ofHours(1), "abandon");

    DeployResult result = house.migrating(UNSEEN).result();

    assertThat(asked.ask().read()).startsWith("the database stands at nobody knows where");
    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(house.railway().deeds()).noneMatch(deed -> deed.startsWith("rollback"));
  }
}
