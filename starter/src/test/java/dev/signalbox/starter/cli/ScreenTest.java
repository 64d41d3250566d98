package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private static final ScreenSize SMALL = new ScreenSize(24, 80);
  private static final ScreenSize LARGE = new ScreenSize(50, 120);

  private Instant now = Instant.parse("2026-11-27T10:00:00Z");

  @Test
  void asksTheTerminalAgainOnlyAfterAWhile() {
    Iterator<ScreenSize> answers = List.of(SMALL, LARGE).iterator();
    Screen screen = new Screen(answers::next, () -> now);

    assertThat(screen.get()).isEqualTo(SMALL);
    now = now.plusMillis(1900);
    assertThat(screen.get()).isEqualTo(SMALL);
    now = now.plusMillis(100);
    assertThat(screen.get()).isEqualTo(LARGE);
  }
}
