package dev.signalbox.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationTextTest {
  @Test
  void writesWhatPeopleWrite() {
    assertThat(DurationText.of(Duration.ofMinutes(30))).isEqualTo("30m");
    assertThat(DurationText.of(Duration.ofMinutes(90))).isEqualTo("1h30m");
    assertThat(DurationText.of(Duration.ofDays(7))).isEqualTo("7d");
    assertThat(DurationText.of(Duration.ofMillis(1500))).isEqualTo("1s500ms");
  }

  @Test
  void saysNoTimeAtAll() {
    assertThat(DurationText.of(Duration.ZERO)).isEqualTo("0s");
  }
}
