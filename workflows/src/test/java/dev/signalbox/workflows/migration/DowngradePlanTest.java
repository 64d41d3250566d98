package dev.signalbox.workflows.migration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DowngradePlanTest {
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "-1", "+1", "base", "HEAD", "r0:r1", "ae10@head", "r1 r2"})
  void wantsARevisionByItsIdAndNoStepsOrWords(String to) {
    assertThat(DowngradePlan.mistake(to)).get().asString().contains("id");
  }

  @Test
  void takesAnyRevisionsId() {
    assertThat(DowngradePlan.mistake("6f7a8b9c0d1e")).isEmpty();
    assertThat(DowngradePlan.mistake("001")).isEmpty();
  }
}
