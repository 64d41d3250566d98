package dev.signalbox.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The sandbox's time: the machine's clock plus what was added by hand. Image retention and plans
 * follow it, so that the fifth day of an image comes in a moment.
 */
public final class SandboxClock {
  private final Clock clock = Clock.systemUTC();
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  public Instant now() {
    return clock.instant().plus(ahead.get());
  }

  /** Moves the clock forward; time never goes back. */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("advance must not be negative, was " + by);
    }
    ahead.accumulateAndGet(by, Duration::plus);
  }
}
