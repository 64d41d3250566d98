package dev.signalbox.starter.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What comes true in its own time, on a machine that may be slow. */
final class Eventually {
  static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration FIRST_LOOKS = Duration.ofMillis(50);

  /** Most looks ask a worker, through the engine; many tests look at once. */
  private static final Duration LATER_LOOKS = Duration.ofMillis(250);

  private Eventually() {}

  static void that(String what, BooleanSupplier condition) {
    that(() -> what, condition);
  }

  static void that(Supplier<String> what, BooleanSupplier condition) {
    that(what, LATER_LOOKS, condition);
  }

  /** As above, for who acts at a moment of its own between two looks. */
  static void closely(Supplier<String> what, BooleanSupplier condition) {
    that(what, FIRST_LOOKS, condition);
  }

  private static void that(Supplier<String> what, Duration most, BooleanSupplier condition) {
    Instant deadline = Instant.now().plus(PATIENCE);
    Duration between = FIRST_LOOKS;
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("not within " + PATIENCE + ": " + what.get());
      }
      LockSupport.parkNanos(between.toNanos());
      between = between.multipliedBy(5).dividedBy(4);
      between = between.compareTo(most) < 0 ? between : most;
    }
  }
}
