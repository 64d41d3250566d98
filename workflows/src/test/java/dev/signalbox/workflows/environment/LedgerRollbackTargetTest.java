package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.NOW;
import static dev.signalbox.workflows.environment.RunReportFixture.promotion;
import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static dev.signalbox.workflows.environment.RunReportFixture.workflowId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a rollback by hand goes back to. */
class LedgerRollbackTargetTest extends LedgerPage {
  @Test
  void hasNoTargetBeforeASecondRelease() {
    wentLive(1);

    assertThat(ledger.running().rollbackTarget(null)).isEmpty();
  }

  @Test
  void goesBackToWhatTheFirstRecordedReleaseFound() {
    LiveSet found = new LiveSet(revision(7), null, NOW, List.of());

    starts(1);
    ledger.ended(promotion(1).wentLive().found(found).build());

    assertThat(ledger.running().rollbackTarget(null)).contains(found);
  }

  @Test
  void goesBackToTheWholeSetBeforeOneServiceWasDeployedAlone() {
    wentLive(1);
    starts(2);
    ledger.ended(promotion(2).wentLiveWithTheBackendAlone().build());
    assertThat(ledger.running().live().whole()).isFalse();
    assertThat(ledger.running().rollbackTarget(null).orElseThrow().revision())
        .isEqualTo(revision(1));

    ledger.started(new OpenRun(workflowId(2), "run-2-again", revision(2), "ana"));
    ledger.ended(ofRun("run-2-again", promotion(2).wentLive().build()));

    assertThat(ledger.running().live().whole()).isTrue();
    assertThat(ledger.running().rollbackTarget(null).orElseThrow().revision())
        .isEqualTo(revision(1));
  }

  @Test
  void neverGoesForwardToWhatWasTakenBack() {
    wentLive(1);
    wentLive(2);
    LiveSet first = ledger.running().rollbackTarget(null).orElseThrow();

    ledger.hold("deploy/inspector/production", "by-hand", revision(1), NOW);
    ledger.ended(
        new RunReport(
            "deploy/inspector/production",
            "by-hand",
            3,
            first.revision(),
            Result.LIVE,
            "ana",
            "rollback",
            null,
            first,
            false,
            false,
            false,
            NOW));

    assertThat(ledger.running().live()).isEqualTo(first);
    assertThat(ledger.running().rollbackTarget(null)).isEmpty();
  }

  @Test
  void remembersOfEverySetBeforeAContractRevisionThatItCannotReadTheSchema() {
    wentLive(1);
    wentLive(2);
    starts(3);
    ledger.ended(promotion(3).wentLive().contracting("r2").build());

    assertThat(ledger.running().live().unreadable()).isEmpty();
    assertThat(ledger.running().targets())
        .hasSize(2)
        .allSatisfy(set -> assertThat(set.brokenBy()).isEqualTo("r2"));
    wentLive(4);
    assertThat(ledger.running().rollbackTarget(null).orElseThrow().unreadable())
        .as("what was live after it can read the schema")
        .isEmpty();
  }

  @Test
  void remembersOfWhatIsLiveWhereTheContractRevisionRanAndNothingWasDeployed() {
    wentLive(1);
    starts(2);
    ledger.ended(promotion(2).because("cancelled").contracting("r2").build());

    assertThat(ledger.running().live().brokenBy()).isEqualTo("r2");
  }

  @Test
  void remembersOfTheLastGoodSetWhereTheContractRevisionRanAndWhatRunsIsMixed() {
    wentLive(1);
    starts(2);
    ledger.ended(promotion(2).leftItMixed().contracting("r2").build());

    assertThat(ledger.running().rollbackTarget(null).orElseThrow().brokenBy()).isEqualTo("r2");
  }

  @Test
  void keepsInItsHistoryWhatRan() {
    starts(1);
    ledger.ended(promotion(1).wentLive().contracting("r2").build());

    assertThat(ledger.status(0).history().get(0).schema())
        .isEqualTo(new SchemaNote(List.of("r2"), 2, 0, "r2", "b-1"));
  }

  @Test
  void goesBackToTheLastGoodSetWhenWhatRunsIsMixed() {
    wentLive(1);
    wentLive(2);

    leavesItMixed(3);

    assertThat(ledger.running().live()).isNull();
    assertThat(ledger.running().lastGood().revision()).isEqualTo(revision(2));
    assertThat(ledger.running().rollbackTarget(null)).map(LiveSet::revision).contains(revision(2));
  }

  @Test
  void stillGoesBackToTheLastGoodSetWhenASecondRunFailedOnAMixedOne() {
    wentLive(1);
    wentLive(2);
    leavesItMixed(3);

    leavesItMixed(4);

    assertThat(ledger.running().rollbackTarget(null)).map(LiveSet::revision).contains(revision(2));
  }

  @Test
  void goesOneFurtherBackOnceTheLastGoodSetRunsAgain() {
    wentLive(1);
    wentLive(2);
    leavesItMixed(3);

    endsByHand(2, false);

    assertThat(ledger.status(0).mixed()).isNull();
    assertThat(ledger.running().live().revision()).isEqualTo(revision(2));
    assertThat(ledger.running().rollbackTarget(null)).map(LiveSet::revision).contains(revision(1));
  }

  @Test
  void goesOnToItsOwnTargetWhenItFailedHalfWay() {
    wentLive(1);
    wentLive(2);

    endsByHand(1, true);

    assertThat(ledger.running().live()).isNull();
    assertThat(ledger.running().rollbackTarget(null)).map(LiveSet::revision).contains(revision(1));
  }

  @Test
  void neverGoesForwardAfterItFailedHalfWayAndThenArrived() {
    wentLive(1);
    wentLive(2);
    endsByHand(1, true);

    endsByHand(1, false);

    assertThat(ledger.running().live().revision()).isEqualTo(revision(1));
    assertThat(ledger.running().rollbackTarget(null)).isEmpty();
  }

  @Test
  void goesBackToWhatTheFirstRecordedRunFoundWhenThatLeftItMixed() {
    LiveSet found = new LiveSet(revision(7), null, NOW, List.of());

    starts(1);
    ledger.ended(promotion(1).found(found).leftItMixed().build());

    assertThat(ledger.running().rollbackTarget(null)).contains(found);
  }

  @Test
  void goesBackToTheSetBeforeThePresentOne() {
    wentLive(1);
    wentLive(2);

    assertThat(ledger.running().rollbackTarget(null)).map(LiveSet::revision).contains(revision(1));
  }

  @Test
  void isNotConfusedByTheSameRevisionTwice() {
    wentLive(1);
    wentLive(2);
    wentLive(2);

    assertThat(ledger.running().rollbackTarget(null)).map(LiveSet::revision).contains(revision(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void goesBackToTheSetOfTheDeploymentThatItNames(int number) {
    wentLive(1);
    wentLive(2);

    assertThat(ledger.running().rollbackTarget("d-" + number))
        .map(LiveSet::revision)
        .contains(revision(number));
  }

  @Test
  void hasNoTargetForADeploymentThatIsNotOnRecord() {
    wentLive(1);
    wentLive(2);

    assertThat(ledger.running().rollbackTarget("d-7")).isEmpty();
  }
}
