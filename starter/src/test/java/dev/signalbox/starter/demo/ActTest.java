package dev.signalbox.starter.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The commands that the demo asks a person to type. */
class ActTest {
  @Test
  void leavesPlainPathsAsTheyAre() {
    assertThat(PromotionAct.quoted("/home/ana/.signalbox/demo-1"))
        .isEqualTo("/home/ana/.signalbox/demo-1");
  }

  @Test
  void quotesPathsThatAShellWouldTakeApart() {
    assertThat(PromotionAct.quoted("/home/ana maria")).isEqualTo("'/home/ana maria'");
    assertThat(PromotionAct.quoted("/home/ana's")).isEqualTo("'/home/ana'\\''s'");
  }
}
