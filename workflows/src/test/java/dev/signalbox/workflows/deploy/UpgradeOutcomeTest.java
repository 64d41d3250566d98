package dev.signalbox.workflows.deploy;

import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.EXPAND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.fixtures.DatabaseStage;
import dev.signalbox.workflows.fixtures.Person.Question;
import dev.signalbox.workflows.migration.MigrationActivities.SchemaStanding.Backend;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd.FailedRevision;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What becomes of an upgrade: what the database says decides, and nothing else. */
@Order(1)
class UpgradeOutcomeTest extends MigratingDeploys {
  @Test
  void goesOnAfterASignalWithoutItsObject() {
    database.nextUpgrade(
        order -> {
          house.emptySignal("timeIsUp");
          return database.runs(order, order.revisions().size(), null);
        });

    assertThat(house.migrating(THREE).result().result()).isEqualTo(Result.LIVE);
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
    Question asked = house.answerAfter(Duration.ofMinutes(30), "abandon");

    DeployResult result = house.migrating(THREE).result();

    Ask ask = asked.ask();
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
    Question asked = house.answerAfter(Duration.ofMinutes(30), "abandon");

    house.migrating(aSchema().withNonTransactional("r1", EXPAND)).result();

    assertThat(asked.wasSeen()).isTrue();
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
    Question asked = house.answerAfter(Duration.ofMinutes(30), "retry");

    DeployResult result =
        house.migrating(aSchema().with("r1", EXPAND).withNonTransactional("r2", EXPAND)).result();

    assertThat(asked.ask().read()).startsWith("the database stands at r1");
    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(upgrades(database)).endsWith("upgrade r1 by r2");
  }

  @Test
  void asksWhileSomethingOfItStillWorksOnTheDatabase() {
    database.nextUpgrade(order -> lostAfter(order, 1));
    Backend left = new Backend(4711, "active", Instant.EPOCH, "ALTER TABLE accounts");
    database.workingAfterTheSecondLook(left);
    Question asked = house.answerAfter(Duration.ofMinutes(9), "retry");

    DeployResult result = house.migrating(THREE).result();

    assertThat(asked.ask().read())
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
    Question asked = house.person().seesAfter(Duration.ofMinutes(30), database::back);

    DeployResult result = house.migrating(THREE).result();

    assertThat(asked.ask().read()).startsWith("the database cannot be read: Connection refused");
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
    Question asked = house.answerAfter(Duration.ofMinutes(30), "accept");

    DeployResult result = house.migrating(THREE).result();

    Ask ask = asked.ask();
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
}
