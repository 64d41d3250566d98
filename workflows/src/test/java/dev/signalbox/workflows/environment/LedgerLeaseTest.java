package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.NOW;
import static dev.signalbox.workflows.environment.RunReportFixture.promotion;
import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static dev.signalbox.workflows.environment.RunReportFixture.runId;
import static dev.signalbox.workflows.environment.RunReportFixture.workflowId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lease of an environment. */
class LedgerLeaseTest extends LedgerPage {
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
