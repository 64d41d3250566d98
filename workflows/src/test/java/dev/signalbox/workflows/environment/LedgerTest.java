package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.NOW;
import static dev.signalbox.workflows.environment.RunReportFixture.promotion;
import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static dev.signalbox.workflows.environment.RunReportFixture.runId;
import static dev.signalbox.workflows.environment.RunReportFixture.workflowId;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import dev.signalbox.workflows.environment.LedgerState.Untold;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Digest;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
  private static final String DEPLOY = "deploy/inspector/production";

  private final Ledger ledger = new Ledger(LedgerState.empty("inspector", "production"));

  @Nested
  class TheLease {
    @Test
    void goesToTheOnesWhoAskInTheOrderInWhichTheyAsked() {
      asks(3);
      asks(1);
      asks(2);

      assertThat(List.of(grantAndRelease(), grantAndRelease(), grantAndRelease()))
          .containsExactly(runId(3), runId(1), runId(2));
    }

    @Test
    void isHeldByOneAtATime() {
      asks(1);
      asks(2);
      ledger.grantNext(NOW);

      assertThat(ledger.grantNext(NOW)).isEmpty();
      assertThat(ledger.holds(runId(1))).isTrue();
      assertThat(ledger.holds(runId(2))).isFalse();
    }

    @Test
    void hasAHigherNumberEachTime() {
      asks(1);
      asks(2);

      long first = ledger.grantNext(NOW).orElseThrow().number();
      ledger.release(runId(1), first);

      assertThat(ledger.grantNext(NOW).orElseThrow().number()).isGreaterThan(first);
    }

    @Test
    void isQueuedForOnceHoweverOftenARunAsks() {
      asks(1);
      asks(2);
      asks(2);
      ledger.grantNext(NOW);
      ledger.release(runId(1), 1);
      ledger.grantNext(NOW);
      ledger.release(runId(2), 2);

      assertThat(ledger.somebodyWaits()).isFalse();
    }

    @Test
    void isNotQueuedForByItsHolder() {
      asks(1);
      ledger.grantNext(NOW);

      asks(1);

      assertThat(ledger.somebodyWaits()).isFalse();
    }

    @Test
    void isGrantedAgainWithTheSameNumber() {
      asks(1);

      LeaseGrant first = ledger.grantNext(NOW).orElseThrow();

      assertThat(ledger.grant()).isEqualTo(first);
    }

    @Test
    void staysWhenItIsGivenBackWithAnotherNumber() {
      asks(1);
      long number = ledger.grantNext(NOW).orElseThrow().number();

      ledger.release(runId(1), number + 1);
      ledger.release(runId(1), number - 1);

      assertThat(ledger.holds(runId(1))).isTrue();
    }

    @Test
    void staysWhenAnotherRunGivesItBack() {
      asks(1);
      long number = ledger.grantNext(NOW).orElseThrow().number();

      ledger.release(runId(2), number);

      assertThat(ledger.holds(runId(1))).isTrue();
    }

    @Test
    void givenBackTwiceIsNotTakenFromTheNextHolder() {
      asks(1);
      asks(2);
      long number = ledger.grantNext(NOW).orElseThrow().number();
      ledger.release(runId(1), number);
      ledger.grantNext(NOW);

      ledger.release(runId(1), number);

      assertThat(ledger.holds(runId(2))).isTrue();
    }

    @Test
    void isFreeWhenItsHolderHasEnded() {
      asks(1);
      ledger.grantNext(NOW);

      ledger.ended(promotion(1).build());

      assertThat(ledger.holder()).isNull();
    }

    @Test
    void isNotWaitedForByARunThatHasEnded() {
      asks(1);
      asks(2);
      ledger.grantNext(NOW);

      ledger.ended(promotion(2).build());

      assertThat(ledger.somebodyWaits()).isFalse();
      assertThat(ledger.holds(runId(1))).isTrue();
    }

    @Test
    void staysWithAHolderThatIsOnlyForgottenAsWaiting() {
      asks(1);
      ledger.grantNext(NOW);

      ledger.closedWaiting(runId(1), null, NOW);

      assertThat(ledger.holds(runId(1))).isTrue();
    }

    @Test
    void tellsItsHolderWhatRunsAndNothingOfOtherCommits() {
      starts(1);
      ledger.ended(promotion(1).wentLive().build());
      starts(2);
      ledger.ended(promotion(2).provedBad("500 on /health").build());
      asks(3);

      LeaseGrant grant = ledger.grantNext(NOW).orElseThrow();

      assertThat(grant.recorded().live().revision()).isEqualTo(revision(1));
      assertThat(grant.recorded().quarantine()).isEmpty();
      assertThat(grant.recorded().merges()).isEmpty();
    }

    @Test
    void tellsItsHolderThatItsOwnCommitWasQuarantinedMeanwhile() {
      starts(2);
      ledger.ended(promotion(2).provedBad("500 on /health").build());

      ledger.ask(new LeaseRequest(workflowId(2), "run-2-again", revision(2), NOW));
      LeaseGrant grant = ledger.grantNext(NOW).orElseThrow();

      assertThat(grant.recorded().quarantine())
          .extracting(Quarantined::revision)
          .containsExactly(revision(2));
    }

    @Test
    void tellsItsHolderThatWhatRunsIsMixed() {
      wentLive(1);
      leavesItMixed(2);
      asks(3);

      LeaseGrant grant = ledger.grantNext(NOW).orElseThrow();

      assertThat(grant.recorded().mixed()).isTrue();
      assertThat(grant.recorded().live().revision()).isEqualTo(revision(1));
      assertThat(grant.recorded().running()).isNull();
    }

    private String grantAndRelease() {
      LeaseGrant grant = ledger.grantNext(NOW).orElseThrow();
      ledger.release(grant.runId(), grant.number());
      return grant.runId();
    }
  }

  @Nested
  class AnEndedRun {
    @Test
    void isWrittenOnceHoweverOftenItReports() {
      starts(1);

      ledger.ended(promotion(1).build());
      ledger.ended(promotion(1).build());

      assertThat(history()).hasSize(1);
    }

    @Test
    void isNotUnderWayAnyMore() {
      starts(1);

      ledger.ended(promotion(1).build());

      assertThat(ledger.openRun(workflowId(1))).isEmpty();
      assertThat(ledger.busy()).isFalse();
    }

    @Test
    void changesNothingWhenTheLedgerDoesNotKnowIt() {
      ledger.ended(promotion(1).wentLive().build());

      assertThat(ledger.running().live()).isNull();
      assertThat(history()).isEmpty();
    }

    @Test
    void leavesWhatItMadeLive() {
      starts(1);

      ledger.ended(promotion(1).wentLive().build());

      assertThat(ledger.running().live().revision()).isEqualTo(revision(1));
    }

    @Test
    void leavesWhatRanWhenItChangedNothing() {
      wentLive(1);
      starts(2);

      ledger.ended(promotion(2).build());

      assertThat(ledger.running().live().revision()).isEqualTo(revision(1));
    }

    @Test
    void isQuarantinedWithItsReasonWhenItProvedBad() {
      starts(1);

      ledger.ended(promotion(1).provedBad("backend answered 500").build());

      assertThat(ledger.quarantined(revision(1)))
          .contains(new Quarantined(revision(1), "backend answered 500", NOW));
    }

    @Test
    void isQuarantinedOnce() {
      starts(1);
      ledger.ended(promotion(1).provedBad("backend answered 500").build());
      starts(1);

      ledger.ended(promotion(1).provedBad("frontend answered 500").build());

      assertThat(ledger.state().quarantine())
          .extracting(Quarantined::reason)
          .containsExactly("backend answered 500");
    }
  }

  @Nested
  class AMerge {
    private final String mergeCommit = "f".repeat(40);

    @Test
    void standsForItsRevision() {
      starts(1);

      ledger.ended(promotion(1).wentLiveAs(mergeCommit).build());

      assertThat(ledger.revisionBehind(mergeCommit)).isEqualTo(revision(1));
    }

    @Test
    void thatNobodyRecordedStandsForItself() {
      assertThat(ledger.revisionBehind(mergeCommit)).isEqualTo(mergeCommit);
    }

    @Test
    void isRecordedOnceHoweverOftenItGoesLive() {
      starts(1);
      ledger.ended(promotion(1).wentLiveAs(mergeCommit).build());
      starts(1);

      ledger.ended(promotion(1).wentLiveAs(mergeCommit).build());

      assertThat(ledger.state().merges())
          .containsExactly(new RecordedMerge(mergeCommit, revision(1)));
    }
  }

  @Nested
  class ARollbackByHand {
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
    void goesBackToTheLastGoodSetWhenWhatRunsIsMixed() {
      wentLive(1);
      wentLive(2);

      leavesItMixed(3);

      assertThat(ledger.running().live()).isNull();
      assertThat(ledger.running().lastGood().revision()).isEqualTo(revision(2));
      assertThat(ledger.running().rollbackTarget(null))
          .map(LiveSet::revision)
          .contains(revision(2));
    }

    @Test
    void stillGoesBackToTheLastGoodSetWhenASecondRunFailedOnAMixedOne() {
      wentLive(1);
      wentLive(2);
      leavesItMixed(3);

      leavesItMixed(4);

      assertThat(ledger.running().rollbackTarget(null))
          .map(LiveSet::revision)
          .contains(revision(2));
    }

    @Test
    void goesOneFurtherBackOnceTheLastGoodSetRunsAgain() {
      wentLive(1);
      wentLive(2);
      leavesItMixed(3);

      endsByHand(2, false);

      assertThat(ledger.status(0).mixed()).isNull();
      assertThat(ledger.running().live().revision()).isEqualTo(revision(2));
      assertThat(ledger.running().rollbackTarget(null))
          .map(LiveSet::revision)
          .contains(revision(1));
    }

    @Test
    void goesOnToItsOwnTargetWhenItFailedHalfWay() {
      wentLive(1);
      wentLive(2);

      endsByHand(1, true);

      assertThat(ledger.running().live()).isNull();
      assertThat(ledger.running().rollbackTarget(null))
          .map(LiveSet::revision)
          .contains(revision(1));
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

      assertThat(ledger.running().rollbackTarget(null))
          .map(LiveSet::revision)
          .contains(revision(1));
    }

    @Test
    void isNotConfusedByTheSameRevisionTwice() {
      wentLive(1);
      wentLive(2);
      wentLive(2);

      assertThat(ledger.running().rollbackTarget(null))
          .map(LiveSet::revision)
          .contains(revision(1));
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

  @Nested
  class TheHistory {
    @Test
    void chainsEachEntryToTheOneBefore() {
      endsOneByOne(3);

      assertThat(history().get(0).previous()).isNull();
      assertThat(history().get(1).previous()).isEqualTo(history().get(0).hash());
      assertThat(history().get(2).previous()).isEqualTo(history().get(1).hash());
    }

    @Test
    void sealsEveryFieldOfAnEntryByItsHash() {
      endsOneByOne(2);

      HistoryEntry entry = history().get(1);

      assertThat(entry.hash())
          .isEqualTo(
              Digest.of(
                      new HistoryEntry(
                          entry.id(),
                          entry.revision(),
                          entry.result(),
                          entry.requester(),
                          entry.detail(),
                          entry.at(),
                          entry.previous(),
                          null))
                  .substring(0, 16));
    }

    @Test
    void keepsTheNewest200AndTheirChain() {
      endsOneByOne(203);

      assertThat(history()).hasSize(200);
      assertThat(history().get(0).id()).isEqualTo(workflowId(4));
      assertThat(history().get(0).previous()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\"", "ö", "語", "🚂"})
    void staysUnder400BytesAnEntryWhateverPeopleWrite(String letter) throws Exception {
      endsOneByOne(1);
      starts(2);

      ledger.ended(promotion(2).askedForBy(letter.repeat(300)).because(letter.repeat(300)).build());

      assertThat(json(history().get(1)).getBytes(UTF_8).length).isLessThan(400);
    }

    @Test
    void keepsAShortDetailWhole() {
      starts(1);

      ledger.ended(promotion(1).because("rejected by ben: not today").build());

      assertThat(history().get(0).detail()).isEqualTo("rejected by ben: not today");
    }

    private String json(HistoryEntry entry) throws JsonProcessingException {
      return WireFormat.mapper().writeValueAsString(entry);
    }
  }

  @Nested
  class ARequest {
    private final RequestAnswer started =
        new RequestAnswer("promotion/1", revision(1), Outcome.STARTED, "started", false);

    @Test
    void isAnsweredAgainAsTheFirstTime() {
      ledger.answer("r-1", started);

      assertThat(ledger.answered("r-1")).contains(started);
      assertThat(ledger.answered("r-2")).isEmpty();
    }

    @Test
    void isRememberedAmongTheNewest500() {
      for (int at = 1; at <= 501; at++) {
        ledger.answer("r-" + at, started);
      }

      assertThat(ledger.answered("r-1")).isEmpty();
      assertThat(ledger.answered("r-2")).isPresent();
      assertThat(ledger.state().answers()).hasSize(500);
    }

    @Test
    void isNotedOnceAndTakenOnce() {
      LedgerRequest request =
          new LedgerRequest("r-1", LedgerRequest.Kind.PROMOTE, null, null, "ana", "release");

      ledger.note(request);
      ledger.note(request);

      assertThat(ledger.takeNoted()).containsExactly(request);
      assertThat(ledger.takeNoted()).isEmpty();
    }
  }

  @Test
  void remembersTheNewest500Merges() {
    for (int at = 1; at <= 501; at++) {
      starts(at);
      ledger.ended(promotion(at).wentLiveAs("merge-" + at).build());
    }

    assertThat(ledger.state().merges()).hasSize(500);
    assertThat(ledger.revisionBehind("merge-1")).isEqualTo("merge-1");
  }

  @Nested
  class ATerminatedRun {
    @Test
    void isToldAtGitHubWhenAnotherOneReportedForIt() {
      starts(1);

      ledger.ended(promotion(1).because("its deploy: build failed").saidByAnother().build());

      assertThat(ledger.untold())
          .containsExactly(
              new Untold(
                  workflowId(1),
                  runId(1),
                  revision(1),
                  Result.REJECTED,
                  "its deploy: build failed"));
    }

    @Test
    void isToldAtGitHubWhenItWasFoundClosedWhileItWaited() {
      starts(1);

      ledger.closedWaiting(runId(1), null, NOW);

      assertThat(ledger.untold()).extracting(Untold::revision).containsExactly(revision(1));
    }

    @Test
    void standsInTheHistoryWithWhoAskedForItAndHowItEnded() {
      starts(1);

      ledger.closedWaiting(runId(1), "terminated: out of patience", NOW);

      assertThat(ledger.status(0).history())
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.id()).isEqualTo(workflowId(1));
                assertThat(entry.result()).isEqualTo(Result.FAILED);
                assertThat(entry.requester()).isEqualTo("ana");
                assertThat(entry.detail())
                    .isEqualTo("ended before it changed anything; terminated: out of patience");
                assertThat(entry.hash()).isNotBlank();
              });
      ledger.closedWaiting(runId(1), null, NOW);
      assertThat(ledger.status(0).history()).hasSize(1);
    }

    @Test
    void isToldOnceAndCarriedToTheNextPageUntilThen() {
      starts(1);
      ledger.closedWaiting(runId(1), null, NOW);
      Ledger next = new Ledger(ledger.state());

      assertThat(next.untold()).hasSize(1);
      next.told(runId(1));
      assertThat(next.untold()).isEmpty();
    }

    @Test
    void hasNothingToSayThereWhenItWasARollbackOrSaidItAllItself() {
      starts(1);
      ledger.ended(promotion(1).provedBad("500").build());
      ledger.started(new OpenRun(DEPLOY, "by-hand", revision(2), "ana"));
      ledger.closedWaiting("by-hand", null, NOW);

      assertThat(ledger.untold()).isEmpty();
    }
  }

  @Test
  void neverForgetsWhatProvedBad() {
    badOnes(1, 2_000);

    assertThat(ledger.quarantined(revision(1))).isPresent();
    assertThat(ledger.quarantined(revision(2_001))).isEmpty();
    assertThat(ledger.status(0).quarantine()).hasSize(Quarantine.MOST_WHOLE);
    assertThat(ledger.status(0).sealedQuarantine()).isEqualTo(2_000 - Quarantine.MOST_WHOLE);
    assertThat(new Ledger(ledger.state()).quarantined(revision(1))).isPresent();
  }

  @Test
  void staysSmallUnderLoadAndTellsARunOnlyWhatConcernsIt() throws Exception {
    for (int at = 1; at <= 1_000; at++) {
      starts(at);
      String mergeCommit = String.format("f%039x", at);
      ledger.ended(
          promotion(at)
              .because("live and verified, " + "x".repeat(200))
              .wentLiveAs(mergeCommit)
              .build());
      ledger.answer(
          "request-" + at,
          new RequestAnswer(
              workflowId(at), revision(at), RequestAnswer.Outcome.STARTED, "started", false));
    }
    badOnes(1_001, 3_000);
    asks(1_000);

    LeaseGrant grant = ledger.grantNext(NOW).orElseThrow();

    assertThat(bytes(ledger.state())).isLessThan(400_000);
    assertThat(bytes(grant)).isLessThan(1_000);
    assertThat(bytes(ledger.record(revision(1_000)))).isLessThan(1_000);
  }

  private void badOnes(int from, int to) {
    for (int at = from; at <= to; at++) {
      starts(at);
      ledger.ended(promotion(at).provedBad("backend answered 500, " + "x".repeat(200)).build());
    }
  }

  private static int bytes(Object value) throws Exception {
    return WireFormat.mapper().writeValueAsBytes(value).length;
  }

  @Test
  void showsWhoWaitsAndWhoHolds() {
    starts(1);
    starts(2);
    asks(1);
    ledger.grantNext(NOW);

    LedgerStatus status = ledger.status(7);

    assertThat(status.holder().workflowId()).isEqualTo(workflowId(1));
    assertThat(status.waiting()).containsExactly(workflowId(2));
    assertThat(status.messages()).isEqualTo(7);
  }

  @Test
  void carriesEverythingOverWhenItTurnsItsPage() throws Exception {
    wentLive(1);
    wentLive(2);
    starts(3);
    ledger.ended(promotion(3).provedBad("500").build());
    starts(4);
    asks(4);
    asks(5);
    ledger.grantNext(NOW);
    ledger.ended(promotion(4).leftItMixed().build());
    ledger.grantNext(NOW);
    ledger.answer("r-1", RequestAnswer.refused(revision(1), "busy"));
    ledger.note(new LedgerRequest("r-2", LedgerRequest.Kind.ROLLBACK, null, "d-1", "ben", "bad"));
    var mapper = WireFormat.mapper();

    LedgerState carried =
        mapper.readValue(mapper.writeValueAsString(ledger.state()), LedgerState.class);

    assertThat(carried.mixed().lastGood().revision()).isEqualTo(revision(2));
    assertThat(new Ledger(carried).state()).isEqualTo(ledger.state());
  }

  @Nested
  class AStartThatIsNotedLate {
    @Test
    void isOfARunWhoseEndCountsAllTheSame() {
      ledger.ended(promotion(1).wentLive().build());

      starts(1);

      assertThat(ledger.running().live().revision()).isEqualTo(revision(1));
      assertThat(ledger.waiting()).isEmpty();
      assertThat(history()).hasSize(1);
    }

    @Test
    void doesNotBringBackARunThatIsKnownToHaveEnded() {
      asks(1);
      ledger.forget(runId(1));

      starts(1);

      assertThat(ledger.busy()).isFalse();
    }

    @Test
    void givesBackTheLeaseOfARollbackThatHasEndedMeanwhile() {
      wentLive(1);
      ledger.hold("deploy/inspector/production", Leases.STARTING, revision(2), NOW);
      ledger.ended(promotion(2).wentLive().build());

      ledger.heldBy(runId(2));
      starts(2);

      assertThat(ledger.holder()).isNull();
      assertThat(ledger.running().live().revision()).isEqualTo(revision(2));
    }

    @Test
    void isCarriedToTheNextPage() {
      ledger.ended(promotion(1).wentLive().build());

      Ledger next = new Ledger(ledger.state());
      next.started(new OpenRun(workflowId(1), runId(1), revision(1), "ana"));

      assertThat(next.running().live().revision()).isEqualTo(revision(1));
    }
  }

  @Test
  void takesAReportOnce() {
    wentLive(1);

    ledger.ended(promotion(1).provedBad("said twice").build());

    assertThat(history()).hasSize(1);
    assertThat(ledger.state().quarantine()).isEmpty();
  }

  private static RunReport ofRun(String runId, RunReport report) {
    return new RunReport(
        report.workflowId(),
        runId,
        report.lease(),
        report.revision(),
        report.result(),
        report.requester(),
        report.detail(),
        report.former(),
        report.live(),
        report.mixed(),
        report.quarantine(),
        report.inItsPlace(),
        report.at());
  }

  private void starts(int number) {
    ledger.started(new OpenRun(workflowId(number), runId(number), revision(number), "ana"));
  }

  private void asks(int number) {
    ledger.ask(new LeaseRequest(workflowId(number), runId(number), revision(number), NOW));
  }

  private void wentLive(int number) {
    starts(number);
    ledger.ended(promotion(number).wentLive().build());
  }

  private void leavesItMixed(int number) {
    starts(number);
    ledger.ended(promotion(number).leftItMixed().build());
  }

  private void endsByHand(int target, boolean mixed) {
    LiveSet set = promotion(target).wentLive().build().live();
    String runId = "by-hand-" + ledger.hold(DEPLOY, Leases.STARTING, set.revision(), NOW).number();
    ledger.heldBy(runId);
    ledger.ended(
        new RunReport(
            DEPLOY,
            runId,
            0,
            set.revision(),
            mixed ? Result.FAILED : Result.LIVE,
            "ana",
            "rollback",
            null,
            mixed ? null : set,
            mixed,
            false,
            false,
            NOW));
  }

  private void endsOneByOne(int many) {
    for (int number = 1; number <= many; number++) {
      starts(number);
      ledger.ended(promotion(number).build());
    }
  }

  private List<HistoryEntry> history() {
    return ledger.status(0).history();
  }
}
