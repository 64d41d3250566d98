package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.ApprovalsFixture.byOneOf;
import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.CONTRACT;
import static dev.signalbox.workflows.migration.RevisionClass.EXPAND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.environment.RestorePoint;
import dev.signalbox.workflows.environment.SchemaNote;
import dev.signalbox.workflows.fixtures.DatabaseStage;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.migration.RevisionClass;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the former code could not bear runs when the new code has soaked. */
@Execution(ExecutionMode.CONCURRENT)
class ContractAfterTest {
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Duration STEP = Duration.ofMinutes(1);

  private final WholeHouse house = new WholeHouse(pipeline());
  private final DatabaseStage database = house.database();

  private static PipelineFixture pipeline() {
    return aPipeline().migrating(byDefault()).trusting("temporal-ui");
  }

  @BeforeEach
  void aMixedRange() {
    database.with(aSchema().with("r1", EXPAND).with("r2", CONTRACT));
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void goesOnAfterSignalsWithoutTheirObjects() {
    house.promote();
    house.pass(A_DAY);
    for (String signal :
        List.of("leaseGranted", "asked", "answered", "delayed", "deployEnded", "superseded")) {
      house.emptySignal(OnePromotion.id(), signal);
    }
    house.approve(OnePromotion.id());

    assertThat(house.promoted().result()).isEqualTo(Result.LIVE);
    assertThat(database.at()).containsExactly("r2");
  }

  @Test
  void isLiveAndReportedBeforeAnybodyIsAskedForTheRest() {
    house.promote();
    house.pass(A_DAY);

    assertThat(house.status().live().revision()).isEqualTo(REVISION);
    assertThat(house.status().live().schema()).containsExactly("r1");
    assertThat(house.status().holder()).isNull();
    assertThat(house.status().waiting()).containsExactly(OnePromotion.id());
    PromotionStatus status = house.at(OnePromotion.id());
    assertThat(status.state()).isEqualTo("contract");
    Ask ask = status.asks().get(0);
    assertThat(ask.text())
        .contains("has soaked in production")
        .contains("r2 contract (contract because of r2)")
        .contains("nothing leads back");
    assertThat(ask.digest())
        .as("who approves without naming a digest means this one")
        .isEqualTo(status.digest());
    assertThat(database.at()).containsExactly("r1");
    assertThat(house.notices())
        .anySatisfy(
            notice ->
                assertThat(notice.markdown())
                    .contains("has soaked in production; now its database")
                    .contains("- migrates `r2` **contract**"));
    house.approve(OnePromotion.id());
    assertThat(house.promoted().digest()).as("the release's own").isNotEqualTo(ask.digest());
  }

  @Test
  void runsTheRestWithABackupOfItsOwnWhenAPersonSaysYes() {
    house.promote();
    house.pass(A_DAY);
    house.approve(OnePromotion.id());

    PromotionResult result = house.promoted();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(result.detail()).contains("; then r1 -> r2: 1 revision in 1s200ms");
    assertThat(result.proof()).isNotNull();
    assertThat(result.steps())
        .extracting(Step::name)
        .containsSubsequence(
            "deploy",
            "soak",
            "release",
            "contract-approval",
            "contract-lease",
            "backup",
            "migrate-reread",
            "rehearse",
            "migrate",
            "verify-again");
    assertThat(database.deeds().stream().filter(deed -> deed.startsWith("backup"))).hasSize(2);
    assertThat(house.status().holder()).isNull();
    assertThat(house.status().waiting()).isEmpty();
    assertThat(house.status().live().schema()).containsExactly("r2");
    assertThat(house.status().live().brokenBy()).isNull();
    assertThat(house.status().former().brokenBy()).isEqualTo("r2");
    String backup = house.status().live().backup();
    assertThat(house.status().runs())
        .extracting(HistoryEntry::schema)
        .containsExactly(
            new SchemaNote(List.of("r1"), 1, null),
            new SchemaNote(List.of("r2"), 1, 0, "r2", backup));
    assertThat(RestorePoint.of(house.status()).orElseThrow().backup()).isEqualTo(backup);
  }

  @Test
  void staysLiveWithoutItWhenAPersonSaysNo() {
    house.promote();
    house.pass(A_DAY);
    house.say(OnePromotion.id(), "reject");

    PromotionResult result = house.promoted();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(result.detail())
        .contains("r2 contract (contract because of r2) was not run: rejected by ana: because");
    assertThat(database.at()).containsExactly("r1");
    assertThat(house.status().waiting()).isEmpty();
    assertThat(house.status().former().brokenBy()).isNull();
  }

  @Test
  void leavesItToANewerReleaseThatWentLiveMeanwhile() {
    house.promote();
    house.pass(A_DAY);
    house.signal(OnePromotion.id(), "superseded", "promotion/inspector/production/newer");

    PromotionResult result = house.promoted();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(result.detail())
        .contains("was not run: a newer release is live and has it in its plan")
        .contains("promotion/inspector/production/newer");
    assertThat(database.at()).containsExactly("r1");
  }

  @Test
  void asksAgainWhenThePolicyIsAnotherOneByThen() {
    house.promote();
    house.pass(A_DAY);
    house.policy(pipeline().approvedByReleasers(1));
    house.approve(OnePromotion.id());
    house.pass(Duration.ofMinutes(5));

    assertThat(house.at(OnePromotion.id()).asks())
        .singleElement()
        .satisfies(ask -> assertThat(ask.from()).containsExactly("ana", "ben"));
    assertThat(house.status().holder()).isNull();
    house.approve(OnePromotion.id());
    assertThat(house.promoted().result()).isEqualTo(Result.LIVE);
    assertThat(database.at()).containsExactly("r2");
  }

  // The release's yes had the same id, and ran what nobody had approved; no checklist was asked.
  @Test
  void countsNoYesAndNoTickThatWasSaidToTheReleaseItself() {
    house.policy(pipeline().approved(byOneOf("release").withChecklist("told #ops").build()));
    house.promote();
    Ask release = house.asked(OnePromotion.id(), STEP);
    house.resolve(OnePromotion.id(), "tick");
    house.approve(OnePromotion.id());

    Ask contract = house.asked(OnePromotion.id(), A_DAY, release.id());

    assertThat(contract.text()).contains("has soaked in production");
    assertThat(contract.points()).isNotEmpty().doesNotContainAnyElementsOf(release.points());
    house.approve(OnePromotion.id());
    house.pass(STEP);
    assertThat(database.at()).as("it is not ticked").containsExactly("r1");
    house.resolve(OnePromotion.id(), "tick");
    assertThat(house.promoted().steps())
        .filteredOn(step -> step.name().equals("contract-point-1"))
        .singleElement()
        .satisfies(step -> assertThat(step.detail()).startsWith("told #ops: by ana, "));
    assertThat(database.at()).containsExactly("r2");
  }

  @Test
  void isNeverCalledDoneWhereItFails() {
    house.promote();
    house.pass(A_DAY);
    database.nextUpgrade(order -> database.runs(order, 0, DatabaseStage.refused("r2")));
    house.approve(OnePromotion.id());

    PromotionResult result = house.promoted();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail())
        .contains("; but afterwards the migration did not come to its end: revision r2 fails");
    assertThat(house.status().live().revision()).isEqualTo(REVISION);
    assertThat(house.status().mixed()).isNull();
  }

  @Test
  void asksThroughThePromotionWhereWhatRunsIsNotWellAfterwards() {
    house.promote();
    house.pass(A_DAY);
    house.health().sickOnTheNewSchema = true;
    house.approve(OnePromotion.id());
    house.pass(Duration.ofMinutes(5));

    assertThat(house.at(OnePromotion.id()).asks())
        .singleElement()
        .satisfies(
            ask ->
                assertThat(ask.text())
                    .contains("Is what runs well on the new schema?")
                    .contains("500 no column email"));
    assertThat(house.at(OnePromotion.id()).asks().get(0).id())
        .as("none that the deploy may have had too")
        .startsWith("contract-");
    house.resolve(OnePromotion.id(), "abandon");
    PromotionResult result = house.promoted();
    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).contains("what runs is not well on the new schema: backend sick");
    assertThat(house.status().former().brokenBy()).isEqualTo("r2");
  }

  @Test
  void joinsNobodyWhoAsksForTheSameAgainMeanwhile() {
    house.promote();
    house.pass(A_DAY);
    house.at(OnePromotion.id());

    assertThat(house.promote().outcome()).isEqualTo(Outcome.ALREADY_THERE);
    house.approve(OnePromotion.id());
    house.promoted();
  }

  @Test
  void asksNobodyTwiceWhereNothingIsLeft() {
    database.with(aSchema().with("r1", RevisionClass.EXPAND));
    house.promote();

    assertThat(house.promoted().steps())
        .extracting(Step::name)
        .doesNotContain("contract-approval", "contract");
  }
}
