package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.RestoreStage.BACKUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import org.junit.jupiter.api.Test;

/**
 * {@code backup restore} asks before it holds anything, and looks again before it does anything.
 */
class RestoreRequestTest extends RestoringHouse {
  private void restoreAsked() {
    live();
    house.restore(BACKUP, null);
    asked();
  }

  private String refusedAfterTheYes() {
    house.approve(WholeHouse.RESTORE);
    DeployResult result = house.restored();
    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(house.restores().deeds()).isEmpty();
    assertThat(house.railway().deeds()).noneMatch(deed -> deed.startsWith("remove"));
    house.pass(SOON);
    assertThat(house.status().holder()).isNull();
    return result.detail();
  }

  @Test
  void holdsNothingWhileItAsks() {
    restoreAsked();

    assertThat(house.status().holder()).isNull();
    assertThat(house.status().waiting()).containsExactly(WholeHouse.RESTORE);

    house.migrate(null);
    assertThat(house.migrated().result()).isEqualTo(Result.LIVE);
    house.say(WholeHouse.RESTORE, "reject");
    house.restored();
  }

  @Test
  void touchesNothingWhereTheDatabaseWasMigratedSinceTheYesWasAskedFor() {
    restoreAsked();
    house.database().at("r1");

    assertThat(refusedAfterTheYes())
        .isEqualTo(
            "the database has changed (it was at r0, and is at r1) since it was approved: nothing"
                + " was touched; ask again");
  }

  @Test
  void touchesNothingWhereThePolicyIsAnotherOne() {
    restoreAsked();
    house.policy(aPipeline().migrating(byDefault()).trusting("another"));

    assertThat(refusedAfterTheYes()).startsWith("signalbox.toml has changed since");
  }

  @Test
  void touchesNothingWhereSomebodyDeployedMeanwhile() {
    restoreAsked();
    house.railway().deployedByAnother("backend", "c".repeat(40));

    assertThat(refusedAfterTheYes()).startsWith("what runs has changed (d-");
  }

  @Test
  void isOneAtATime() {
    restoreAsked();

    RequestAnswer second = house.restore(BACKUP, null);

    assertThat(second.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(second.message()).startsWith("restore/inspector/production is under way");
    house.say(WholeHouse.RESTORE, "reject");
    house.restored();
  }

  @Test
  void isRefusedWithoutABackup() {
    assertThat(house.restore(null, null).message()).startsWith("name the backup");
  }

  @Test
  void isRefusedForASetThatIsNotOnRecord() {
    assertThat(house.restore(BACKUP, "d-99").message())
        .startsWith("no recorded set has deployment d-99");
  }

  @Test
  void isRefusedWithoutADatabaseInTheConfiguration() {
    house.policy(aPipeline());

    assertThat(house.restore(BACKUP, null).message()).contains("it names no database");
  }

  @Test
  void saysWhatToDoAtRailwayWhereBackupsAreOfTheVolume() {
    house.policy(aPipeline().migrating(byDefault().ofVolume("postgres")));

    assertThat(house.restore(BACKUP, null).message())
        .contains("in Railway's dashboard: stop the services that write")
        .endsWith("`signalbox migrate status production`");
  }
}
