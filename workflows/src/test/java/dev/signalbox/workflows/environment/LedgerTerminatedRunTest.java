package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.NOW;
import static dev.signalbox.workflows.environment.RunReportFixture.promotion;
import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static dev.signalbox.workflows.environment.RunReportFixture.runId;
import static dev.signalbox.workflows.environment.RunReportFixture.workflowId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.LedgerState.Untold;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.github.RevertPull.Owed;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import org.junit.jupiter.api.Test;

/** A run that was terminated, and so reports nothing. */
class LedgerTerminatedRunTest extends LedgerPage {
  @Test
  void isToldAtGitHubWhenAnotherOneReportedForIt() {
    starts(1);

    ledger.ended(promotion(1).because("its deploy: build failed").saidByAnother().build());

    assertThat(ledger.untold().all())
        .containsExactly(
            new Untold(
                workflowId(1), runId(1), revision(1), Result.REJECTED, "its deploy: build failed"));
  }

  @Test
  void isToldAtGitHubWhenItWasFoundClosedWhileItWaited() {
    starts(1);

    ledger.closedWaiting(runId(1), null, NOW);

    assertThat(ledger.untold().all()).extracting(Untold::revision).containsExactly(revision(1));
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

    assertThat(next.untold().all()).hasSize(1);
    next.untold().told(runId(1));
    assertThat(next.untold().all()).isEmpty();
  }

  @Test
  void hasNothingMoreToSayWhenItSaidItAllItself() {
    starts(1);
    ledger.ended(promotion(1).provedBad("500").build());

    assertThat(ledger.untold().all()).isEmpty();
  }

  @Test
  void leavesItToTheLedgerToTakeItBackOnItsBranch() {
    wentLive(1);
    starts(2);
    ledger.ended(promotion(2).provedBad("500").saidByAnother().build());
    Quarantine next = new Ledger(ledger.state()).quarantine();

    assertThat(next.owing())
        .extracting(bad -> bad.revert().owed())
        .containsExactly(new Owed(workflowId(2), runId(2), revision(1)));
    next.takenBack(revision(2), null);
    assertThat(next.owing()).isEmpty();
    assertThat(next.newest()).extracting(Quarantined::revision).containsExactly(revision(2));
  }
}
