package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakenBackTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456Z");
  private static final String GOOD = "1".repeat(40);
  private static final String BAD = "2".repeat(40);

  private static final HistoryEntry PROMOTED =
      ended("promotion/inspector/production/" + BAD, BAD, Result.LIVE, "live and verified");
  private static final HistoryEntry ROLLED_BACK =
      ended("deploy/inspector/production", GOOD, Result.LIVE, "rollback: verified; reason: slow");

  @Test
  void namesTheRunThatTookItBackWithItsReason() {
    assertThat(TakenBack.sentence(ledger(PROMOTED, ROLLED_BACK), BAD.substring(0, 7)))
        .contains(
            "it was live until deploy/inspector/production made 1111111 live,"
                + " 2026-11-20T12:00:00Z by ana: rollback: verified; reason: slow");
  }

  @Test
  void passesOverRunsThatChangedNothing() {
    HistoryEntry failed =
        ended("promotion/inspector/production/" + GOOD, GOOD, Result.FAILED, "no approval");

    assertThat(TakenBack.sentence(ledger(PROMOTED, failed, ROLLED_BACK), BAD))
        .hasValueSatisfying(sentence -> assertThat(sentence).contains("reason: slow"));
  }

  @Test
  void saysNothingOfACommitThatWasNeverLive() {
    HistoryEntry rejected =
        ended("promotion/inspector/production/" + BAD, BAD, Result.REJECTED, "no");

    assertThat(TakenBack.sentence(ledger(rejected, ROLLED_BACK), BAD)).isEmpty();
  }

  @Test
  void saysNothingOfACommitThatIsLiveAgain() {
    assertThat(TakenBack.sentence(ledger(PROMOTED, ROLLED_BACK, PROMOTED), BAD)).isEmpty();
  }

  private static HistoryEntry ended(String id, String revision, Result result, String detail) {
    return new HistoryEntry(id, revision, result, "ana", detail, NOON, null, null);
  }

  private static LedgerStatus ledger(HistoryEntry... history) {
    return new LedgerStatus(
        "production", null, null, null, null, null, null, 0, List.of(history), 0, null, null, null);
  }
}
