package dev.signalbox.starter.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** The window's size; asked again after a while only, since each asking starts a process. */
final class Screen implements Supplier<ScreenSize> {
  /** So soon a table follows a window that was resized. */
  private static final Duration BETWEEN_ASKINGS = Duration.ofSeconds(2);

  private final Supplier<ScreenSize> asking;
  private final Supplier<Instant> now;
  private ScreenSize size;
  private Instant asked = Instant.MIN;

  Screen(Supplier<ScreenSize> asking, Supplier<Instant> now) {
    this.asking = asking;
    this.now = now;
  }

  @Override
  public synchronized ScreenSize get() {
    Instant moment = now.get();
    if (size == null || !asked.plus(BETWEEN_ASKINGS).isAfter(moment)) {
      size = asking.get();
      asked = moment;
    }
    return size;
  }
}
