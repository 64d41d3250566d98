package dev.signalbox.workflows.monitor;

import java.time.Duration;
import java.time.Instant;

/**
 * What one look at one check showed.
 *
 * @param expected what a good answer would have been, in words
 * @param got what came, fit to be shown to people: cut, without control characters and secrets
 * @param took from the first byte sent to the last one read; null = nothing came
 */
public record Look(State state, String expected, String got, Instant at, Duration took) {
  private static final int SHORT = 8;

  public Look {
    // A status: thousands of services answer with the same.
    got = got != null && got.length() <= SHORT ? got.intern() : got;
  }

  /** The same, with the words of another one that says the same. */
  Look wordedAs(Look other) {
    return other != null && other.expected() != null && other.expected().equals(expected)
        ? new Look(state, other.expected(), got, at, took)
        : this;
  }
}
