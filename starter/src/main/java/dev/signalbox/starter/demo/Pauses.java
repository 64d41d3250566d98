package dev.signalbox.starter.demo;

import java.time.Duration;

/** How long the demo waits between two looks. */
final class Pauses {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private Pauses() {}

  static void shortly() {
    try {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }
}
