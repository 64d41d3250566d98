package dev.signalbox.workflows.deploy;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.CONTRACT;
import static dev.signalbox.workflows.migration.RevisionClass.DATA;
import static dev.signalbox.workflows.migration.RevisionClass.EXPAND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.fixtures.DatabaseStage;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.fixtures.PolicyOfMigrations;
import dev.signalbox.workflows.fixtures.SchemaFixture;
import dev.signalbox.workflows.migration.MigrationActivities.Rehearsal;
import dev.signalbox.workflows.migration.MigrationActivities.Rehearsal.Rehearsed;
import dev.signalbox.workflows.migration.MigrationActivities.SchemaStanding.Backend;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd.FailedRevision;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeOrder;
import dev.signalbox.workflows.policy.MigrationPolicy.ContractOrder;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Step;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A deploy whose commit changes the schema: what the database says decides, and nothing else. */
@Execution(ExecutionMode.SAME_THREAD)
class MigratingDeployTest {
  private static final SchemaFixture THREE =
      aSchema().with("r1", EXPAND).with("r2", DATA).with("r3", EXPAND);

  private DeployHouse house = house(byDefault());
  private final DatabaseStage database = house.database();

  @AfterEach
  void close() {
    house.close();
  }

  private static DeployHouse house(PolicyOfMigrations policy) {
    return new DeployHouse(pipeline(policy).build());
  }

  private static PipelineFixture pipeline(PolicyOfMigrations policy) {
    return aPipeline().migrating(policy).trusting("temporal-ui");
  }

  /** Another house than the usual one, with this policy. */
  private DatabaseStage by(PolicyOfMigrations policy) {
    house.close();
    house = house(policy);
    return house.database();
  }

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
    database.receipts(DatabaseStage::unproved);

    DeployResult result = house.migrating(THREE).result();

    assertThat(result.detail()).contains("was not proved, so nothing may rely on it");
    assertNothingChanged(result);
  }

  @Test
  void stopsWhereTheBackupIsOfAnotherPlace() {
    database.receipts(taken -> DatabaseStage.at(taken, "r9"));

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

  // ---- a revision that fails

  @Test
  void failsWithTheDatabaseAsItWasWhereTheTransactionOfTheFirstWasRolledBack() {
    database.nextUpgrade(order -> database.runs(order, 0, DatabaseStage.refused("r1")));

    DeployResult result = house.migrating(THREE).result();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail())
        .contains("revision r1 fails: could not create unique index \"uq_accounts_name\"")
        .contains("23505")
        .contains("in: ALTER TABLE accounts")
        .contains("the database is as before; nothing was replaced");
    assertThat(result.evidence()).containsExactly("Running upgrade r0 -> r1");
    assertThat(result.quarantine()).isFalse();
    assertThat(house.railway().deeds()).isEmpty();
  }

  @Test
  void asksWhereARevisionFailsAfterOthersHaveRunAndLeavesItThere() {
    database.nextUpgrade(order -> database.runs(order, 1, DatabaseStage.refused("r2")));
    house.answerAfter(Duration.ofMinutes(30), "abandon");
    CompletableFuture<List<Ask>> asked = house.askedAfter(Duration.ofMinutes(5));

    DeployResult result = house.migrating(THREE).result();

    Ask ask = DeployHouse.of(asked).get(0);
    assertThat(ask.answers()).containsExactly("retry", "abandon");
    assertThat(ask.text()).contains("revision r2 fails").contains("stands, r1 (retry)");
    assertThat(ask.read()).startsWith("the database stands at r1 (read");
    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).contains("a person stopped here, the database stands at r1");
    assertThat(result.schema().ran()).containsExactly("r1");
    assertThat(house.railway().deeds()).isEmpty();
  }

  @Test
  void goesOnFromWhereTheDatabaseStandsWhenAPersonSaysSo() {
    database.nextUpgrade(order -> database.runs(order, 1, DatabaseStage.refused("r2")));
    house.answerAfter(Duration.ofMinutes(30), "retry");

    DeployResult result = house.migrating(THREE).result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(upgrades(database)).containsExactly("upgrade r0 by r1,r2,r3", "upgrade r1 by r2,r3");
  }

  @Test
  void asksWhereTheRevisionThatFailedMayBeHalfDone() {
    database.nextUpgrade(order -> database.runs(order, 0, DatabaseStage.refused("r1")));
    house.answerAfter(Duration.ofMinutes(30), "abandon");
    CompletableFuture<List<Ask>> asked = house.askedAfter(Duration.ofMinutes(5));

    house.migrating(aSchema().withNonTransactional("r1", EXPAND)).result();

    assertThat(DeployHouse.of(asked)).hasSize(1);
  }

  @Test
  void triesAgainWhatOnlyWaitedTooLongForALock() {
    FailedRevision locked =
        new FailedRevision("r1", "LockNotAvailable", "55P03", null, "lock timeout", List.of());
    database.nextUpgrade(order -> database.runs(order, 0, locked));
    database.nextUpgrade(order -> database.runs(order, 0, locked));

    assertThat(house.migrating(THREE).result().result()).isEqualTo(Result.LIVE);
    assertThat(upgrades(database)).hasSize(3);
  }

  // ---- begun, and no answer

  @Test
  void takesTheDatabasesWordThatItIsDone() {
    database.nextUpgrade(
        order -> {
          database.runs(order);
          return house.workerDies(ActivityProfiles.SENDING + ": Running upgrade r2 -> r3");
        });

    DeployResult result = house.migrating(THREE).result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(step(result, "migrate"))
        .isEqualTo(
            "r0 -> r3: 3 revisions; the database says so after this: it had begun, and its worker"
                + " did not come back with an answer");
    assertThat(upgrades(database)).hasSize(1);
  }

  @Test
  void goesOnByAFreshOrderWhereNothingCanBeHalfDone() {
    database.nextUpgrade(order -> lostAfter(order, 0));
    database.nextUpgrade(order -> lostAfter(order, 2));

    DeployResult result = house.migrating(THREE).result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(upgrades(database))
        .containsExactly("upgrade r0 by r1,r2,r3", "upgrade r0 by r1,r2,r3", "upgrade r2 by r3");
    assertThat(result.schema().ran()).containsExactly("r1", "r2", "r3");
  }

  @Test
  void asksWhereTheOneUnderWayMayBeHalfDone() {
    database.nextUpgrade(order -> lostAfter(order, 1));
    house.answerAfter(Duration.ofMinutes(30), "retry");
    CompletableFuture<List<Ask>> asked = house.askedAfter(Duration.ofMinutes(5));

    DeployResult result =
        house.migrating(aSchema().with("r1", EXPAND).withNonTransactional("r2", EXPAND)).result();

    assertThat(DeployHouse.of(asked).get(0).read()).startsWith("the database stands at r1");
    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(upgrades(database)).endsWith("upgrade r1 by r2");
  }

  @Test
  void asksWhileSomethingOfItStillWorksOnTheDatabase() {
    database.nextUpgrade(order -> lostAfter(order, 1));
    Backend left = new Backend(4711, "active", Instant.EPOCH, "ALTER TABLE accounts");
    database.workingAfterTheSecondLook(left);
    house.answerAfter(Duration.ofMinutes(9), "retry");
    CompletableFuture<List<Ask>> asked = house.askedAfter(Duration.ofMinutes(5));

    DeployResult result = house.migrating(THREE).result();

    assertThat(DeployHouse.of(asked).get(0).read())
        .contains("still at work: connection 4711 is active since 1970-01-01T00:00:00Z: ALTER");
    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(upgrades(database)).endsWith("upgrade r1 by r2,r3");
  }

  @Test
  void asksWhereNobodyCanReadTheDatabaseAndClosesTheQuestionByItselfWhenItSaysDone() {
    database.nextUpgrade(
        order -> {
          database.runs(order);
          database.standingAway("Connection refused", FailureType.UNAVAILABLE);
          return refuse("the connection broke", FailureType.UNKNOWN_OUTCOME);
        });
    house.after(Duration.ofMinutes(30), database::back);
    CompletableFuture<List<Ask>> asked = house.askedAfter(Duration.ofMinutes(5));

    DeployResult result = house.migrating(THREE).result();

    assertThat(DeployHouse.of(asked).get(0).read())
        .startsWith("the database cannot be read: Connection refused");
    assertThat(result.result()).isEqualTo(Result.LIVE);
  }

  @Test
  void asksWhereTheDatabaseStandsWhereNobodyPlannedIt() {
    database.nextUpgrade(
        order -> {
          database.at("x9");
          return refuse("the connection broke", FailureType.UNKNOWN_OUTCOME);
        });
    house.answerAfter(Duration.ofMinutes(30), "retry");
    house.answerAfter(Duration.ofMinutes(40), "abandon");

    DeployResult result = house.migrating(THREE).result();

    assertThat(result.detail()).contains("the database stands at x9");
    assertThat(result.result()).isEqualTo(Result.FAILED);
  }

  @Test
  void namesAnIndexThatWasLeftInvalidEvenWhereTheUpgradeSaysThatItRan() {
    database.nextUpgrade(
        order -> {
          database.invalidIndex("public.ix_accounts_name");
          return database.runs(order);
        });
    house.answerAfter(Duration.ofMinutes(30), "accept");
    CompletableFuture<List<Ask>> asked = house.askedAfter(Duration.ofMinutes(5));

    DeployResult result = house.migrating(THREE).result();

    Ask ask = DeployHouse.of(asked).get(0);
    assertThat(ask.read()).contains("left invalid by a CREATE INDEX CONCURRENTLY: public.ix_acc");
    assertThat(ask.answers()).containsExactly("retry", "accept", "abandon");
    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(step(result, "migrate")).contains("accepted by a person").contains("ix_accounts");
  }

  @Test
  void blamesNobodyForAnIndexThatWasInvalidBefore() {
    database.invalidIndex("public.ix_old");

    assertThat(house.migrating(THREE).result().result()).isEqualTo(Result.LIVE);
  }

  @Test
  void asksWhenAnUpgradeSaysThatAllRanAndTheDatabaseDoesNot() {
    database.nextUpgrade(order -> new UpgradeEnd(List.of(), null, List.of(), List.of()));
    house.answerAfter(Duration.ofMinutes(30), "abandon");

    assertThat(house.migrating(THREE).result().result()).isEqualTo(Result.FAILED);
    assertThat(house.railway().deeds()).isEmpty();
  }

  @Test
  void asksWhenItLosesOneWorkerAfterTheOther() {
    for (int time = 0; time < 5; time++) {
      database.nextUpgrade(order -> lostAfter(order, 0));
    }
    house.answerAfter(Duration.ofMinutes(30), "abandon");

    assertThat(house.migrating(THREE).result().result()).isEqualTo(Result.FAILED);
    assertThat(upgrades(database)).hasSize(5);
  }

  // ---- called off

  @Test
  void bringsAnUpgradeThatIsCalledOffToItsEndAndDeploysNothing() {
    database.nextUpgrade(
        order -> {
          house.timeIsUp("not done after 1h");
          return database.runs(order);
        });

    DeployResult result = house.migrating(THREE).result();

    assertThat(result.result()).isEqualTo(Result.TIMED_OUT);
    assertThat(result.detail())
        .isEqualTo(
            "the promotion is not done after 1h after: r0 -> r3: 3 revisions in 3s600ms; nothing"
                + " was replaced");
    assertThat(result.schema().at()).containsExactly("r3");
    assertThat(house.railway().deeds()).isEmpty();
  }

  @Test
  void beginsNothingMoreWhenItIsCalledOffBetweenTwoAttempts() {
    database.nextUpgrade(
        order -> {
          house.timeIsUp("not done after 1h");
          return lostAfter(order, 1);
        });

    DeployResult result = house.migrating(THREE).result();

    assertThat(result.result()).isEqualTo(Result.TIMED_OUT);
    assertThat(upgrades(database)).hasSize(1);
    assertThat(result.schema().ran()).containsExactly("r1");
  }

  private UpgradeEnd lostAfter(UpgradeOrder order, int count) {
    database.runs(order, count, null);
    return refuse("the connection broke", FailureType.UNKNOWN_OUTCOME);
  }

  private static UpgradeEnd refuse(String sentence, FailureType type) {
    throw ApplicationFailure.newNonRetryableFailure(sentence, type.wireName());
  }

  private static List<String> upgrades(DatabaseStage database) {
    return database.deeds().stream().filter(deed -> deed.startsWith("upgrade")).toList();
  }

  private static String step(DeployResult result, String name) {
    return result.steps().stream()
        .filter(step -> step.name().equals(name))
        .map(Step::detail)
        .findFirst()
        .orElseThrow();
  }

  private void assertStopped(DeployResult result, String why) {
    assertThat(result.detail())
        .isEqualTo("stopped before the migration: " + why + "; nothing was replaced");
    assertNothingChanged(result);
  }

  private void assertNothingChanged(DeployResult result) {
    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.schema()).isNull();
    assertThat(upgrades(database)).isEmpty();
    assertThat(house.railway().deeds()).isEmpty();
    assertThat(result.steps()).noneMatch(step -> step.state() == Step.State.RUNNING);
  }
}
