package dev.signalbox.sandbox.railway;

import java.time.Duration;
import java.time.Instant;

/**
 * How often a workspace may create one kind of thing. Undocumented: a hidden limit beside the
 * hourly one, answered inside 200.
 */
final class CreationLimit {
  private static final Duration BETWEEN_CREATIONS = Duration.ofSeconds(30);

  private final String thing;
  private Instant last;

  CreationLimit(String thing) {
    this.thing = thing;
  }

  /** Throws {@link RailwayError} when the last creation, in whatever project, is too recent. */
  synchronized void take(World world) {
    if (last != null && world.passedSince(last).compareTo(BETWEEN_CREATIONS) < 0) {
      throw new RailwayError(
          "You are creating %ss too quickly. This workspace allows 1 %s per 30 seconds"
              .formatted(thing, thing));
    }
    last = world.now();
  }
}
