package dev.signalbox.workflows.monitor;

import java.time.Duration;

/**
 * When looks become a state.
 *
 * @param unhealthyAfter how many bad looks in a row mean down (or degraded), quick re-checks
 *     included
 * @param healthyAfter how many good ones in a row mean up again
 * @param recheck pause before a quick re-check of what was not good
 */
public record Rules(int unhealthyAfter, int healthyAfter, Duration recheck) {
  public static final Rules DEFAULTS = new Rules(3, 2, Duration.ofSeconds(1));
}
