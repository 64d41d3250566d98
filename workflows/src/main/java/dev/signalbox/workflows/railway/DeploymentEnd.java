package dev.signalbox.workflows.railway;

import dev.signalbox.workflows.railway.AwaitOrder.Phase;
import java.time.Instant;

/**
 * How a wait for a deployment ended.
 *
 * @param timedOut a limit passed first; {@code last} is what was last seen
 * @param detail Railway's own reason where it gives one (failed step, log tail), or which limit
 *     passed; null = none
 * @param slow set when it has not ended and two thirds of a limit have passed: the wait is to be
 *     taken up again
 */
public record DeploymentEnd(Deployment last, boolean timedOut, String detail, Slow slow) {
  /**
   * @param since when the wait began
   */
  public record Slow(Phase phase, Instant since, String sentence) {}
}
