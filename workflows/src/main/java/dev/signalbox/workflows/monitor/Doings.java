package dev.signalbox.workflows.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What we ourselves do to an environment, as its ledger tells the monitor: not what happened, but
 * how it is now, so that one word that is lost is made good by the next.
 *
 * @param released when what is live went live; null = not known
 * @param changing since when one of our runs has held the environment; null = none does
 */
public record Doings(Instant released, Instant changing) {
  public static final Doings NONE = new Doings(null, null);

  /** How long a release is watched more closely. */
  static final Duration CLOSELY = Duration.ofMinutes(30);

  /** When the closer watch ends, of one that is wanted at this moment. */
  Optional<Instant> closelyUntil(Instant now) {
    return Optional.ofNullable(released).map(at -> at.plus(CLOSELY)).filter(now::isBefore);
  }
}
