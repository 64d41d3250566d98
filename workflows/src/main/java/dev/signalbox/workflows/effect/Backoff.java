package dev.signalbox.workflows.effect;

import java.time.Duration;

/** Pauses between attempts: each twice as long as the one before, up to the longest. */
public final class Backoff {
  private final Duration longest;
  private Duration next;

  public Backoff(Duration first, Duration longest) {
    this.longest = longest;
    this.next = first;
  }

  /** How long to wait before the next attempt. */
  public Duration next() {
    Duration pause = next;
    Duration twice = pause.multipliedBy(2);
    next = twice.compareTo(longest) > 0 ? longest : twice;
    return pause;
  }
}
