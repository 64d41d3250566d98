package dev.signalbox.workflows.approval;

import java.time.LocalDate;

/**
 * Somebody who may answer in another person's place.
 *
 * @param until the last day, in UTC
 */
public record StandIn(String person, String of, LocalDate until) {

  /** {@code carl (for ana until 2026-12-31)}. */
  String words() {
    return person + " (for " + of + " until " + until + ")";
  }
}
