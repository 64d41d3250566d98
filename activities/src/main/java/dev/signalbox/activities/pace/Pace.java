package dev.signalbox.activities.pace;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The time that an activity lives in. Tests give one that moves by itself. */
public interface Pace {

  Instant now();

  /**
   * @throws InterruptedException when the worker shuts down
   */
  void pause(Duration duration) throws InterruptedException;

  /**
   * As {@link #pause(Duration)}, and over as soon as the bell rings.
   *
   * @return whether it rang
   */
  default boolean pause(Duration duration, Bell bell) throws InterruptedException {
    if (bell.rungWithin(Duration.ZERO)) {
      return true;
    }
    pause(duration);
    return bell.rungWithin(Duration.ZERO);
  }

  static Pace of(Clock clock) {
    return new Pace() {
      @Override
      public Instant now() {
        return clock.instant();
      }

      @Override
      public void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
      }

      @Override
      public boolean pause(Duration duration, Bell bell) throws InterruptedException {
        return bell.rungWithin(duration);
      }
    };
  }
}
