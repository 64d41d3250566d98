package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.NOW;
import static dev.signalbox.workflows.environment.RunReportFixture.promotion;
import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static dev.signalbox.workflows.environment.RunReportFixture.runId;
import static dev.signalbox.workflows.environment.RunReportFixture.workflowId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.migration.RecordedSchema;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LedgerTest extends LedgerPage {
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
    void leavesWhereItLeftTheDatabase() {
      starts(1);
      ledger.ended(promotion(1).wentLive().at("r1").build());
      wentLive(2);

      assertThat(ledger.record(null).place())
          .isEqualTo(RecordedSchema.of(List.of("r1"), workflowId(1)));
    }

    @Test
    void leavesTheCodeThatSaysWhereTheDatabaseStandsWhereNoneMigrated() {
      assertThat(ledger.record(null).place().known()).isFalse();

      wentLive(1);

      assertThat(ledger.record(null).place()).isEqualTo(RecordedSchema.ofLive(revision(1)));
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

      assertThat(ledger.quarantine().find(revision(1)))
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
  class ARequest {
    private final RequestAnswer started =
        new RequestAnswer("promotion/1", revision(1), Outcome.STARTED, "started", false);

    @Test
    void isAnsweredAgainAsTheFirstTime() {
      ledger.answers().keep("r-1", started);

      assertThat(ledger.answers().to("r-1")).contains(started);
      assertThat(ledger.answers().to("r-2")).isEmpty();
    }

    @Test
    void isRememberedAmongTheNewest500() {
      for (int at = 1; at <= 501; at++) {
        ledger.answers().keep("r-" + at, started);
      }

      assertThat(ledger.answers().to("r-1")).isEmpty();
      assertThat(ledger.answers().to("r-2")).isPresent();
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

  @Test
  void neverForgetsWhatProvedBad() {
    badOnes(1, 2_000);

    assertThat(ledger.quarantine().find(revision(1))).isPresent();
    assertThat(ledger.quarantine().find(revision(2_001))).isEmpty();
    assertThat(ledger.status(0).quarantine()).hasSize(Quarantine.MOST_WHOLE);
    assertThat(ledger.status(0).sealedQuarantine()).isEqualTo(2_000 - Quarantine.MOST_WHOLE);
    assertThat(new Ledger(ledger.state()).quarantine().find(revision(1))).isPresent();
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
      ledger
          .answers()
          .keep(
              "request-" + at,
              new RequestAnswer(
                  workflowId(at), revision(at), RequestAnswer.Outcome.STARTED, "started", false));
    }
    badOnes(1_001, 3_000);
    asks(1_000);

    LeaseGrant grant = ledger.grantNext(NOW).orElseThrow();

    assertThat(bytes(ledger.state())).isLessThan(1_000_000);
    assertThat(bytes(grant)).isLessThan(1_000);
    assertThat(bytes(ledger.record(revision(1_000)))).isLessThan(1_000);
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
    ledger.answers().keep("r-1", RequestAnswer.refused(revision(1), "busy"));
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
}
