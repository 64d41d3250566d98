package dev.signalbox.workflows.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.promotion.PromotionResult.Result;
import org.junit.jupiter.api.Test;

class PromotionResultTest {
  @Test
  void saysItsWordOnce() {
    assertThat(Result.CANCELLED.with("cancelled while it merged"))
        .isEqualTo("cancelled while it merged");
    assertThat(Result.CANCELLED.with("cancelled")).isEqualTo("cancelled");
    assertThat(Result.FAILED.with("gate checks: red")).isEqualTo("failed: gate checks: red");
    assertThat(Result.LIVE.with("liveness is not known")).startsWith("live: ");
  }
}
