package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people order by doors that know them, where no claim counts. */
@Execution(ExecutionMode.CONCURRENT)
class ProvenOrdersTest extends LedgerHouse {
  private EnvironmentWorkflow ledger;

  @BeforeEach
  void anOpenLedgerThatTrustsNobody() {
    pipeline = aPipeline().trusting().skippingInAnEmergency("freeze").build();
    wentLive(1);
    ledger = client.newWorkflowStub(EnvironmentWorkflow.class, LEDGER);
  }

  @Test
  void countsWhatIsProvedAndSaysSoToWhoeverAsksLater() {
    assertThat(ledger.answered("slack-1")).isNull();

    ledger.ordered(order("slack-1", Kind.FREEZE, null).provenBy(PROOF));

    await(() -> ledger.answered("slack-1") != null);
    assertThat(ledger.answered("slack-1").counted()).isTrue();
    assertThat(status().standing().freeze().person()).isEqualTo("ana");
  }

  @Test
  void refusesAClaimAndAForgeryAndSaysWhy() {
    ledger.ordered(order("slack-2", Kind.FREEZE, null));
    ledger.ordered(order("slack-3", Kind.FREEZE, null).provenBy("another"));

    await(() -> ledger.answered("slack-3") != null);
    assertThat(ledger.answered("slack-2").message())
        .isEqualTo("door slack counts only with proof here");
    assertThat(ledger.answered("slack-3").message()).endsWith("and this proof is none");
    assertThat(status().standing()).isEqualTo(StandingOrders.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"f00dbad", "f00dbadf00dbadf00dbadf00dbadf00dbadf00db"})
  void refusesOnRecordTheQuarantineOfACommitThatGitHubDoesNotKnow(String nothing) {
    ledger.ordered(order(nothing, Kind.QUARANTINE, nothing).provenBy(PROOF));

    await(() -> ledger.answered(nothing) != null);
    assertThat(ledger.answered(nothing).message()).isEqualTo("no such commit");
    assertThat(status().quarantine()).isEmpty();
    assertThat(status().history())
        .last()
        .satisfies(entry -> assertThat(entry.detail()).contains("no such commit"));
  }

  @Test
  void takesForTheMendingOfACommitOnlyOneThatContainsIt() {
    ledger.order(order("slack-5", Kind.QUARANTINE, revision(5)).provenBy(PROOF));

    OrderAnswer older = ledger.order(mending("slack-6", revision(3)).provenBy(PROOF));
    OrderAnswer newer = ledger.order(mending("slack-7", revision(7)).provenBy(PROOF));

    assertThat(older.message())
        .isEqualTo(
            revision(3) + " does not contain " + revision(5) + ", so it mends nothing of it");
    assertThat(newer.counted()).isTrue();
    assertThat(status().quarantine())
        .singleElement()
        .satisfies(bad -> assertThat(bad.mended().commit()).isEqualTo(revision(7)));
    assertThat(status().history())
        .last()
        .satisfies(
            entry ->
                assertThat(entry.detail())
                    .isEqualTo("mended by " + revision(7).substring(0, 7) + ": a test"));
  }

  private static LedgerOrder mending(String id, String by) {
    return order(id, Kind.UNQUARANTINE, revision(5)).about(revision(5), by);
  }

  @Test
  void takesAnEmergencyOfWhomADoorProves() {
    LedgerRequest emergency = emergency(2);

    assertThat(ledger.request(emergency).message())
        .isEqualTo("who calls it is not proved, and `trust` does not list \"slack\"");
    assertThat(ledger.request(emergency.by("slack", "r-3").provenBy(PROOF)).outcome())
        .isEqualTo(Outcome.STARTED);
    assertThat(status().history())
        .filteredOn(entry -> entry.kind() == HistoryEntry.Kind.ASKED)
        .last()
        .satisfies(
            entry -> {
              assertThat(entry.door()).isEqualTo("slack");
              assertThat(entry.proved()).isTrue();
              assertThat(entry.detail()).startsWith("emergency promote: ");
            });
  }

  private static LedgerRequest emergency(int number) {
    return new LedgerRequest(
            "r",
            LedgerRequest.Kind.PROMOTE,
            revision(number),
            null,
            "ana",
            HoldingPromotion.A_BLINK)
        .asEmergency()
        .by("slack", "r-2");
  }

  private static LedgerOrder order(String id, Kind kind, String commit) {
    return new LedgerOrder(id, kind, "ana", "a test", "slack", null, null, false, commit, null);
  }
}
