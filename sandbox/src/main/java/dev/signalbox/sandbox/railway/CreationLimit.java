package dev.signalbox.sandbox.railway;

import java.time.Duration;
import java.time.Instant;

/**
 * How often a workspace may create one kind of thing. Undocumented: a hidden limit beside the
 * hourly one, answered inside 200. Railway's is 30 seconds.
 */
final class CreationLimit {
  private final String thing;
  private Instant last;

  CreationLimit(String thing) {
    this.thing = thing;
  }

  /** Throws {@link RailwayError} when the last creation, in whatever project, is too recent. */
  synchronized void take(World world) {
    Duration between = world.settings().timing().creations();
    if (last != null && world.passedSince(last).compareTo(between) < 0) {
      throw new RailwayError(
          "You are creating %ss too quickly. This workspace allows 1 %s per %d seconds"
              .formatted(thing, thing, between.toSeconds()));
    }
    last = world.now();
  }
}
