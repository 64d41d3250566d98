package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryCommandTest {
  private static final String MARK = "0011223344556677";
  private static final String WHOLE = "restored; lost: 12 rows of users, 7 of orders";
  private static final HistoryEntry CUT =
      new HistoryEntry(
          "deploy/inspector/production",
          null,
          Result.LIVE,
          "ana",
          "restored; … of orders",
          Instant.parse("2026-11-28T12:00:00Z"),
          null,
          "ab",
          null,
          null,
          null,
          false,
          null,
          MARK);

  @Test
  void showsAllThatIsKeptOfHowARunEnded() {
    assertThat(HistoryCommand.line(CUT, Map.of(MARK, WHOLE))).endsWith("  by ana: " + WHOLE);
    assertThat(HistoryCommand.object(CUT, Map.of(MARK, WHOLE)))
        .containsEntry("detail", WHOLE)
        .containsEntry("cut", false);
  }

  @Test
  void leavesWhatIsNotCutAsItIs() {
    HistoryEntry uncut =
        new HistoryEntry(
            CUT.id(), null, Result.LIVE, "ana", "restored", CUT.at(), null, CUT.hash());

    assertThat(HistoryCommand.line(uncut, Map.of())).endsWith("  by ana: restored");
    assertThat(HistoryCommand.object(uncut, Map.of())).containsEntry("cut", false);
  }

  @Test
  void saysWhereNoMoreIsKeptThanAnExcerpt() {
    assertThat(HistoryCommand.line(CUT, Map.of())).endsWith("  by ana: restored; … of orders");
    assertThat(HistoryCommand.object(CUT, Map.of())).containsEntry("cut", true);
  }
}
