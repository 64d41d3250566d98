package dev.signalbox.workflows.monitor;

import java.time.Instant;

/**
 * When a monitor heard how a check stands. Workers' clocks differ, so what is newer is told by
 * this: within one run by its number, between two by the engine's clock.
 *
 * @param at by the engine's clock
 * @param run of the monitor
 * @param number from 1 on in that run; a watch's attempts and their late news are sorted out before
 */
public record Stamp(Instant at, String run, long number) {

  /**
   * @param other null = nothing was heard yet
   */
  public boolean isAfter(Stamp other) {
    if (other == null) {
      return true;
    }
    return run.equals(other.run) ? number > other.number : at.isAfter(other.at);
  }
}
