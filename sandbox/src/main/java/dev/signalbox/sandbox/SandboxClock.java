package dev.signalbox.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The sandbox's time. What happens carries the machine's; what a plan allows for a time (images
 * kept, calls an hour, creations) is counted by a clock that can be moved by hand, so that the
 * fifth day of an image comes in a moment and nothing seems to have happened in the future.
 */
public final class SandboxClock {
  private final Clock machine;
  private final List<Move> moves = new ArrayList<>();

  private record Move(Instant at, Duration by) {}

  public SandboxClock() {
    this(Clock.systemUTC());
  }

  /**
   * @param machine in place of the machine's own
   */
  public SandboxClock(Clock machine) {
    this.machine = machine;
  }

  /** When something happens. */
  public Instant now() {
    return machine.instant();
  }

  /** Moves the clock of plans forward; time never goes back. */
  public synchronized void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("advance must not be negative, was " + by);
    }
    moves.add(new Move(now(), by));
  }

  /** How far the clock of plans is ahead of the machine's. */
  public Duration ahead() {
    return movedSince(Instant.MIN);
  }

  /** How much time has passed for a plan since something happened. */
  public Duration passedSince(Instant happened) {
    return Duration.between(happened, now()).plus(movedSince(happened));
  }

  private synchronized Duration movedSince(Instant happened) {
    return moves.stream()
        .filter(move -> !move.at().isBefore(happened))
        .map(Move::by)
        .reduce(Duration.ZERO, Duration::plus);
  }
}
