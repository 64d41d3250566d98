package dev.signalbox.workflows.hint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HintsTest {
  private final Hints hints = new Hints();

  @Test
  void takesADeliveryOnceAtEachDoor() {
    assertThat(hints.take(hint("github", "1"))).isTrue();
    assertThat(hints.take(hint("github", "1"))).isFalse();
    assertThat(hints.take(hint("railway", "1"))).isTrue();
  }

  @Test
  void takesNothingWithoutAnId() {
    assertThat(hints.take(null)).isFalse();
    assertThat(hints.take(hint("github", null))).isFalse();
    assertThat(hints.take(hint("github", " "))).isFalse();
  }

  @Test
  void remembersTheNewestFiveHundred() {
    for (int i = 0; i <= 500; i++) {
      hints.take(hint("github", "d" + i));
    }

    assertThat(hints.take(hint("github", "d1"))).isFalse();
    assertThat(hints.take(hint("github", "d0"))).as("long ago").isTrue();
  }

  private static Hint hint(String door, String delivery) {
    return new Hint(door, delivery, "push", null);
  }
}
