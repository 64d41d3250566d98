package dev.signalbox.workflows.policy;

import java.time.Instant;
import java.util.Optional;

/**
 * A time that opens, by the clock on the wall of its zone and by the rules of a {@link Freeze}.
 *
 * @param from every week, {@code "Tue 10:00"}, or once, {@code "2026-12-24T10:00"}
 * @param to of the same kind, and not reached any more
 * @param zone as {@code java.time} names it
 */
public record Window(String from, String to, String zone) {

  /** What is wrong with it, in words; empty = nothing. */
  public Optional<String> mistake() {
    return hours().mistake();
  }

  public boolean open(Instant now) {
    return hours().endsAfter(now).isPresent();
  }

  /** When it opens next, later than now; empty = never again. */
  public Optional<Instant> opensAfter(Instant now) {
    return hours().beginsAfter(now);
  }

  /** As the file has it. */
  public String words() {
    return hours().words();
  }

  private Freeze hours() {
    return new Freeze(from, to, zone, null);
  }
}
