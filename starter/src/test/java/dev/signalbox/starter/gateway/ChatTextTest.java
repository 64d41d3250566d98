package dev.signalbox.starter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChatTextTest {
  private static final String TEXT = "first\nsecond\nthird\nfourth";

  @Test
  void showsTheNewestOfAnAudit() {
    assertThat(ChatText.fitting(TEXT, List.of("audit"), 14))
        .isEqualTo("… 2 before these; --since shows fewer\nthird\nfourth");
    assertThat(ChatText.fitting(TEXT, List.of("audit"), 100)).isEqualTo(TEXT);
  }

  @Test
  void showsTheBeginOfEverythingElse() {
    assertThat(ChatText.fitting(TEXT, List.of("why", "p"), 8)).isEqualTo("first\ns…");
  }
}
