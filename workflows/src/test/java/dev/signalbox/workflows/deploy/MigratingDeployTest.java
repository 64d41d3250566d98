package dev.signalbox.workflows.deploy;

import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.CONTRACT;
import static dev.signalbox.workflows.migration.RevisionClass.EXPAND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.fixtures.DatabaseStage;
import dev.signalbox.workflows.fixtures.StagedReceipts;
import dev.signalbox.workflows.migration.MigrationActivities.Rehearsal;
import dev.signalbox.workflows.migration.MigrationActivities.Rehearsal.Rehearsed;
import dev.signalbox.workflows.policy.MigrationPolicy.ContractOrder;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Saved, read again, rehearsed and migrated before the first service; stopped before that. */
@Order(1)
class MigratingDeployTest extends MigratingDeploys {
  @Test
  void savesRehearsesAndMigratesBeforeTheFirstServiceIsTouched() {
    DeployResult result = house.migrating(THREE).result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(result.steps())
        .extracting(Step::name)
        .startsWith("backup", "migrate-reread", "rehearse", "migrate", "deploy");
    assertThat(step(result, "backup"))
        .contains(": 12.3 MB in 3s, restored and compared in 4s (34 objects, 1200 rows)");
    assertThat(step(result, "migrate-reread")).isEqualTo("as planned, at r0");
    assertThat(step(result, "rehearse"))
        .isEqualTo(
            "3 revisions on a restored copy in 6s; longest lock-out 300ms (readers of accounts); 21"
                + " rows written");
    assertThat(step(result, "migrate")).isEqualTo("r0 -> r3: 3 revisions in 3s600ms");
    assertThat(upgrades(database)).containsExactly("upgrade r0 by r1,r2,r3");
    assertThat(result.schema().at()).containsExactly("r3");
    assertThat(result.schema().ran()).containsExactly("r1", "r2", "r3");
    assertThat(result.schema().contract()).isNull();
    assertThat(result.schema().receipt()).startsWith("production-20");
  }

  @Test
  void migratesBeforeAPushThatRailwayDeploysByItself() {
    house.railway().deployingPushesLate();

    DeployResult result = house.migrating(THREE).merging().result();

    assertThat(result.steps())
        .extracting(Step::name)
        .containsSubsequence("migrate", "merge", "deploy");
  }

  @Test
  void rehearsesNothingThatOnlyAdds() {
    DeployResult result = house.migrating(aSchema().with("r1", EXPAND)).result();

    assertThat(step(result, "rehearse")).isEqualTo("not needed by policy");
    assertThat(database.deeds()).noneMatch(deed -> deed.startsWith("rehearse"));
  }

  // ---- stopped before anything is changed

  @Test
  void stopsWhereTheBackupFails() {
    database.failingBackups("pg_dump 15 cannot save a server 16");

    assertStopped(
        house.migrating(THREE).result(), "the backup failed: pg_dump 15 cannot save a server 16");
  }

  @Test
  void stopsWhereTheBackupWasNotProved() {
    database.receipts(StagedReceipts::unproved);

    DeployResult result = house.migrating(THREE).result();

    assertThat(result.detail()).contains("was not proved, so nothing may rely on it");
    assertNothingChanged(result);
  }

  @Test
  void stopsWhereTheBackupIsOfAnotherPlace() {
    database.receipts(taken -> StagedReceipts.at(taken, "r9"));

    DeployResult result = house.migrating(THREE).result();

    assertThat(result.detail()).contains("was taken at r9, and this was planned at r0");
    assertNothingChanged(result);
  }

  @Test
  void stopsWhereTheDatabaseHasMovedSinceItWasPlanned() {
    house.migrating(THREE).afterThePlan(() -> database.at("r1"));

    DeployResult result = house.result();

    assertThat(result.detail()).contains("was taken at r1, and this was planned at r0");
    assertNothingChanged(result);
  }

  @Test
  void stopsWhereTheVariableNamesAnotherDatabaseByThen() {
    database.is("db:5432/app", "1");
    house.migrating(THREE).afterThePlan(() -> database.is("db:5432/other", "2"));

    DeployResult result = house.result();

    assertThat(result.detail())
        .contains("was taken of db:5432/other, and this was planned for the database db:5432/app");
    assertNothingChanged(result);
  }

  @Test
  void stopsWhereAnotherDatabaseIsAtTheSameAddressByThen() {
    database.is("db:5432/app", "1");
    house.migrating(THREE).afterThePlan(() -> database.is("db:5432/app", "2"));

    assertStopped(
        house.result(),
        "there is another database at db:5432/app now than the one that this was planned for");
  }

  @Test
  void stopsWithWhatChangedWhereOtherRevisionsArePendingNow() {
    house
        .migrating(THREE)
        .afterThePlan(() -> database.with(aSchema().with("r1", EXPAND).with("r4", EXPAND)));

    assertStopped(house.result(), "planned was r1, r2, r3, pending is r1, r4");
  }

  @Test
  void stopsWhereTheFilesAreOtherOnesNow() {
    house
        .migrating(aSchema().with("r1", EXPAND))
        .afterThePlan(() -> database.with(aSchema().written("2").with("r1", EXPAND)));

    assertStopped(house.result(), "planned was r1, pending is r1 with other files");
  }

  @Test
  void stopsWhereARevisionFailsOnTheCopy() {
    database.rehearsals(order -> new Rehearsal(List.of(), DatabaseStage.refused("r2")));

    DeployResult result = house.migrating(THREE).result();

    assertThat(result.detail())
        .contains("on the restored copy revision r2 fails: could not create unique index");
    assertNothingChanged(result);
  }

  @Test
  void stopsWhereReadersWouldBeKeptOutForTooLong() {
    database.rehearsals(
        order ->
            new Rehearsal(
                List.of(
                    new Rehearsed(
                        "r2",
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(7),
                        "accounts",
                        List.of(),
                        0,
                        List.of())),
                null));

    assertStopped(
        house.migrating(THREE).result(),
        "on the restored copy r2 keeps every reader of accounts out for 7s, more than lock_budget ="
            + " \"5s\"");
  }

  @Test
  void takesNoBackupWhereThePolicySaysWhyNot() {
    DatabaseStage unsaved = by(byDefault().withoutBackup().contract(ContractOrder.BEFORE));

    DeployResult result = house.migrating(aSchema().with("r1", CONTRACT)).result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(step(result, "backup")).isEqualTo("none, by policy: the provider keeps snapshots");
    assertThat(step(result, "rehearse")).isEqualTo("there is no backup to restore");
    assertThat(unsaved.at()).containsExactly("r1");
    assertThat(result.schema().contract()).isEqualTo("r1");
  }

  // ---- saved by Railway, which proves nothing

  @Test
  void runsOnAnUnprovedBackupOfTheVolumeWhereThePolicySaysWhy() {
    DatabaseStage saved = by(byDefault().ofVolume("postgres").unproved("tried each month"));

    DeployResult result = house.migrating(THREE).result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    assertThat(house.volume().sent()).containsExactly(result.schema().receipt());
    assertThat(step(result, "backup"))
        .endsWith(": Railway's, of the volume of postgres; not proved");
    assertThat(step(result, "rehearse"))
        .isEqualTo("Railway's backup of a volume cannot be restored beside it");
    assertThat(saved.at()).containsExactly("r3");
  }

  @Test
  void stopsOnAnUnprovedBackupOfTheVolumeBeforeWhatCouldLoseSomething() {
    DatabaseStage saved = by(byDefault().ofVolume("postgres"));

    DeployResult result = house.migrating(THREE).result();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).contains("was not proved by restoring it, and what runs needs");
    assertThat(upgrades(saved)).isEmpty();
  }

  @Test
  void asksForTheVolumesBackupAndHasItTakenOnceMoreWhereAPersonSaysThatItWasNot() {
    by(byDefault().ofVolume("postgres"));
    house.volume().answers(FailureType.UNKNOWN_OUTCOME, "the answer was lost", false);
    house
        .person()
        .seesAfter(
            Duration.ofHours(1),
            () -> {
              house.volume().mended();
              house.person().answers("not-done");
            });

    DeployResult result = house.migrating(aSchema().with("r1", EXPAND)).result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    assertThat(house.volume().sent()).hasSize(2);
  }

  @Test
  void closesTheQuestionForTheVolumesBackupWhenItShowsAfterAll() {
    by(byDefault().ofVolume("postgres"));
    house.volume().answers(FailureType.UNKNOWN_OUTCOME, "the answer was lost", false);
    house
        .person()
        .seesAfter(
            Duration.ofMinutes(30), () -> house.volume().shows(house.volume().sent().get(0)));

    DeployResult result = house.migrating(aSchema().with("r1", EXPAND)).result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    assertThat(house.volume().sent()).containsExactly(result.schema().receipt());
  }

  // ---- known not to have begun

  @Test
  void triesAgainWhileAnotherOneMigrates() {
    database.nextUpgrade(order -> refuse("pid 7 holds the lock", FailureType.NOT_SENT));
    database.nextUpgrade(order -> house.workerDies(null));

    DeployResult result = house.migrating(THREE).result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(upgrades(database)).hasSize(3).containsOnly("upgrade r0 by r1,r2,r3");
  }

  @Test
  void stopsWhereTheUpgradeIsRefusedForGood() {
    database.nextUpgrade(order -> refuse("no right to write", FailureType.REJECTED));

    DeployResult result = house.migrating(THREE).result();

    assertThat(result.detail())
        .startsWith("the migration did not come to its end: no right to write");
    assertThat(result.schema()).isNull();
    assertThat(house.railway().deeds()).isEmpty();
  }
}
