package dev.signalbox.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks again until what is seen is what was awaited. */
public final class Eventually {
  private static final Duration LONGEST = Duration.ofSeconds(8);

  private Eventually() {}

  public static <T> T see(Supplier<T> look, Predicate<T> awaited) {
    Instant until = Instant.now().plus(LONGEST);
    T seen = look.get();
    while (!awaited.test(seen)) {
      if (Instant.now().isAfter(until)) {
        throw new AssertionError("not seen within " + LONGEST + "; last seen: " + seen);
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      seen = look.get();
    }
    return seen;
  }
}
