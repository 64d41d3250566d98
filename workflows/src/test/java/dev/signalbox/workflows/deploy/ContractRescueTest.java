package dev.signalbox.workflows.deploy;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.CONTRACT;
import static dev.signalbox.workflows.migration.RevisionClass.EXPAND;
import static dev.signalbox.workflows.migration.RevisionClass.IRREVERSIBLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.fixtures.Person.Question;
import dev.signalbox.workflows.fixtures.SchemaFixture;
import dev.signalbox.workflows.policy.MigrationPolicy.ContractOrder;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A release that turns out bad after its schema is none that the former code could read. */
class ContractRescueTest {
  private static final SchemaFixture CONTRACTED = aSchema().with("r1", EXPAND).with("r2", CONTRACT);

  private final DeployHouse house =
      new DeployHouse(
          aPipeline()
              .migrating(byDefault().contract(ContractOrder.BEFORE))
              .trusting("temporal-ui")
              .build());

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void putsNothingBackAndAsksWithWhatEachWayCosts() {
    Question asked = house.answerAfter(Duration.ofMinutes(30), "abandon");

    DeployResult result = house.migrating(CONTRACTED).withASickRelease().result();

    Ask ask = asked.ask();
    assertThat(ask.text())
        .contains("nothing is put back: backend did not become healthy")
        .contains("r2 has run, and the code before it may not be able to read the schema");
    assertThat(ask.answers()).containsExactly("retry", "abandon");
    assertThat(ask.read())
        .startsWith("the database stands at r2. Fix forward: ")
        .contains("Downgrade: each revision has one, but what they took away stays away")
        .contains("Restore: backup production-")
        .endsWith(
            "; 7 rows are lost, written in the 34 minutes since 2026-11-20T12:00:00Z (public.orders"
                + " 7 by count); changed rows are not counted");
    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).endsWith("may not be able to read the schema");
    assertThat(house.railway().deeds()).containsExactly("deploy backend b", "deploy frontend b");
    assertThat(result.live().revision()).isEqualTo(DeployHouse.REVISION);
    assertThat(result.mixed()).isFalse();
    assertThat(result.schema().contract()).isEqualTo("r2");
  }

  @Test
  void saysWhichRevisionHasNoWayDown() {
    Question asked = house.answerAfter(Duration.ofMinutes(30), "abandon");

    house
        .migrating(aSchema().with("r1", IRREVERSIBLE).with("r2", CONTRACT))
        .withASickRelease()
        .result();

    assertThat(asked.ask().read())
        .contains("Downgrade: not possible, r1 has none that does anything");
  }

  @Test
  void saysWhyNobodyKnowsHowMuchWasWrittenSince() {
    house.database().countingAway("the database is away");
    Question asked = house.answerAfter(Duration.ofMinutes(30), "abandon");

    house.migrating(CONTRACTED).withASickRelease().result();

    assertThat(asked.ask().read())
        .endsWith("every row written since is lost, how many is not known: the database is away");
  }

  @Test
  void looksAgainWhenAPersonHasMendedWhatItNeeds() {
    house
        .person()
        .seesAfter(
            Duration.ofMinutes(30),
            () -> {
              house.recovers();
              house.person().answers("retry");
            });

    DeployResult result = house.migrating(CONTRACTED).withASickRelease().result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(result.live().schema()).containsExactly("r2");
  }

  @Test
  void offersNoSecondLookAtHalfARelease() {
    house.railway().nextWait(house.railway()::active);
    house.railway().nextWait(house.railway()::failed);
    Question asked = house.answerAfter(Duration.ofMinutes(30), "abandon");

    DeployResult result = house.migrating(CONTRACTED).result();

    assertThat(asked.ask().answers()).containsExactly("abandon");
    assertThat(result.mixed()).isTrue();
    assertThat(house.railway().deeds()).noneMatch(deed -> deed.startsWith("rollback"));
  }

  @Test
  void goesBackAsEverWhereTheFormerCodeBearsWhatHasRun() {
    DeployResult result = house.migrating(aSchema().with("r1", EXPAND)).withASickRelease().result();

    assertThat(result.result()).isEqualTo(Result.ROLLED_BACK);
    assertThat(result.schema().at()).containsExactly("r1");
  }

  @Test
  void saysWhatTheCodeThatRunsMayNotBearWhereNothingWasDeployed() {
    house
        .database()
        .nextUpgrade(
            order -> {
              house.timeIsUp("not done after 1h");
              return house.database().runs(order);
            });

    assertThat(house.migrating(CONTRACTED).result().detail())
        .endsWith(
            "; nothing was replaced; r2 has run, and the code before it may not be able to read the"
                + " schema");
  }
}
