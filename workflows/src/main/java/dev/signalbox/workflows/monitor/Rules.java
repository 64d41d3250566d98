package dev.signalbox.workflows.monitor;

import java.time.Duration;

/**
 * When looks become a state.
 *
 * @param unhealthyAfter how many bad looks in a row mean down (or degraded), quick re-checks
 *     included
 * @param healthyAfter how many good ones in a row mean up again
 * @param recheck pause before a quick re-check of what was not good
 * @param certificate how long a certificate must still be good; one that ends sooner makes
 *     degraded; null = nobody looks
 */
public record Rules(int unhealthyAfter, int healthyAfter, Duration recheck, Duration certificate) {
  public static final Rules DEFAULTS = new Rules(3, 2, Duration.ofSeconds(1));

  /** Without a look at certificates. */
  public Rules(int unhealthyAfter, int healthyAfter, Duration recheck) {
    this(unhealthyAfter, healthyAfter, recheck, null);
  }
}
