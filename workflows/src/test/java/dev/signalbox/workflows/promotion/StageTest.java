package dev.signalbox.workflows.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageTest {
  @ParameterizedTest
  @CsvSource({
    "resolving, it looked up what to release",
    "gates, its gates were checked",
    "approval, it waited for approval",
    "lease, it queued for the environment",
    "rereading, its gates were checked again",
    "merging, it merged",
    "deploying, it deployed",
    "releasing, it was releasing"
  })
  void saysInWordsWhatAPromotionDidWhenItWasCancelled(String stage, String deed) {
    assertThat(Stage.deed(stage)).isEqualTo(deed);
  }
}
