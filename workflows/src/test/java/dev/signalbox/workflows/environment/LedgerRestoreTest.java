package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.NOW;
import static dev.signalbox.workflows.environment.RunReportFixture.promotion;
import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static dev.signalbox.workflows.environment.RunReportFixture.runId;
import static dev.signalbox.workflows.environment.RunReportFixture.workflowId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a restore of the database does to the sets that a rollback could go back to. */
class LedgerRestoreTest {
  private final Ledger ledger = new Ledger(LedgerState.empty("inspector", "production"));

  /** A release that is live, and the database there. */
  private void liveAt(int number, String schema) {
    starts(number);
    ledger.ended(promotion(number).wentLive().at(schema).build());
  }

  private void contractsTo(int number, String schema) {
    starts(number);
    ledger.ended(promotion(number).wentLive().at(schema).contracting(schema).build());
  }

  private void broughtBackTo(int number, String schema) {
    starts(number);
    ledger.ended(promotion(number).because("restored").broughtBackTo(schema).build());
  }

  private void starts(int number) {
    ledger.hold(workflowId(number), runId(number), revision(number), NOW);
    ledger.started(new OpenRun(workflowId(number), runId(number), revision(number), "bob"));
  }

  private LiveSet set(int number) {
    return Stream.concat(
            Stream.of(ledger.running().lastGood()), ledger.running().targets().stream())
        .filter(one -> one.revision().equals(revision(number)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void letsCodeComeBackThatWasLiveWhereTheDatabaseStandsAgain() {
    liveAt(1, "r1");
    contractsTo(2, "r2");
    assertThat(set(1).unreadable()).isPresent();

    broughtBackTo(3, "r1");

    assertThat(set(1).unreadable()).isEmpty();
  }

  @Test
  void keepsCodeAwayThatWasLiveAtWhatIsGone() {
    liveAt(1, "r1");
    liveAt(2, "r2");
    liveAt(3, "r3");

    broughtBackTo(4, "r1");

    assertThat(set(2).unreadable().orElseThrow())
        .startsWith("the database was brought back to backup b-1 since ")
        .contains("was live at r2");
    assertThat(set(3).unreadable()).isPresent();
    assertThat(set(1).unreadable()).isEmpty();
  }

  @Test
  void keepsCodeAwayThatARevisionBeforeTheBackupBroke() {
    liveAt(1, "r1");
    contractsTo(2, "r2");
    contractsTo(3, "r3");

    broughtBackTo(4, "r2");

    assertThat(set(2).unreadable()).isEmpty();
    assertThat(set(1).brokenBy()).isEqualTo("r2");
  }

  @Test
  void letsOlderCodeComeBackThatOnlyWhatIsGoneHadBroken() {
    liveAt(1, "r0");
    liveAt(2, "r1");
    contractsTo(3, "r2");
    assertThat(set(1).brokenBy()).isEqualTo("r2");

    broughtBackTo(4, "r1");

    assertThat(set(1).unreadable()).isEmpty();
  }

  @Test
  void letsCodeComeBackOnceTheDatabaseIsMigratedForwardAgain() {
    liveAt(1, "r1");
    liveAt(2, "r2");
    broughtBackTo(3, "r1");
    assertThat(set(2).unreadable()).isPresent();

    starts(4);
    ledger.ended(promotion(4).because("migrated").at("r2").build());

    assertThat(set(2).unreadable()).isEmpty();
  }

  @Test
  void keepsInItsHistoryWhereTheDatabaseStandsSince() {
    liveAt(1, "r1");
    broughtBackTo(2, "r0");

    assertThat(ledger.status(0).history().get(1).schema())
        .isEqualTo(new SchemaNote(List.of("r0"), 0, null));
  }
}
