package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import org.junit.jupiter.api.Test;

class VoteCommandTest {
  private static final String ID = "promotion/inspector/production/" + "a".repeat(40);

  @Test
  void saysHowARunHasEndedThatNeverHadADigest() {
    PromotionResult end =
        new PromotionResult(
            ID,
            "a".repeat(40),
            Result.CANCELLED,
            null,
            "cancelled while its gates were checked",
            null,
            null,
            null,
            null,
            null);

    assertThatThrownBy(() -> VoteCommand.cardDigest(ID, status("cancelled", end)))
        .hasMessageContaining("it has ended")
        .hasMessageContaining("cancelled while its gates were checked")
        .hasMessageNotContaining("in a moment");
  }

  @Test
  void asksForPatienceWhileTheReleaseIsStillResolved() {
    assertThatThrownBy(() -> VoteCommand.cardDigest(ID, status("resolving", null)))
        .hasMessageContaining("it is still being resolved");
  }

  private static PromotionStatus status(String state, PromotionResult end) {
    return new PromotionStatus(
        ID, state, "a".repeat(40), null, null, null, null, null, null, null, null, null, end);
  }
}
