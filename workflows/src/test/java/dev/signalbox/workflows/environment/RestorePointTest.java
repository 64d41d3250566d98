package dev.signalbox.workflows.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestorePointTest {
  private static final String BACKUP = "production-20261121T101530Z-1a2b3c4d";

  private static HistoryEntry ran(String contract, String backup) {
    return new HistoryEntry(
        "promotion/inspector/production/1",
        "b".repeat(40),
        Result.LIVE,
        "bob",
        null,
        Instant.EPOCH,
        null,
        null,
        new SchemaNote(List.of("r9"), 1, 0, contract, backup));
  }

  private static LedgerStatus ledger(LiveSet former, HistoryEntry... history) {
    return new LedgerStatus(
        "production",
        null,
        null,
        former,
        null,
        null,
        null,
        0,
        List.of(history),
        0,
        null,
        null,
        null);
  }

  private static LiveSet former() {
    return new LiveSet("a".repeat(40), null, Instant.EPOCH, List.of());
  }

  @Test
  void isTheBackupBeforeTheRevisionThatTheFormerCodeMayNotBear() {
    RestorePoint point =
        RestorePoint.of(
                ledger(
                    former().brokenBy("r2"),
                    ran("r2", BACKUP),
                    ran(null, null),
                    ran("r5", "production-20261122T000000Z-00000000")))
            .orElseThrow();

    assertThat(point.backup()).isEqualTo(BACKUP);
    assertThat(point.words("production"))
        .isEqualTo(
            "rows written since 2026-11-21T10:15:30Z (backup "
                + BACKUP
                + ") are lost with a restore: `signalbox migrate status production` counts them");
  }

  @Test
  void saysWhatNamesTheBackupsWhereNoneIsOnRecord() {
    assertThat(RestorePoint.of(ledger(former().brokenBy("r2"))).orElseThrow().words("production"))
        .isEqualTo(
            "rows written since r2 ran are lost with a restore: `signalbox backup list production`"
                + " names the backups");
  }

  @Test
  void isNoneWhereTheFormerCodeBearsTheSchema() {
    assertThat(RestorePoint.of(ledger(former(), ran("r2", BACKUP)))).isEmpty();
    assertThat(RestorePoint.of(ledger(null))).isEmpty();
  }
}
