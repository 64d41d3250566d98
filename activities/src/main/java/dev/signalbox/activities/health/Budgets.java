package dev.signalbox.activities.health;

import dev.signalbox.workflows.health.HealthActivities.Verdict;
import java.util.Optional;

/**
 * How many samples of each kind are borne, over all services together; one more ends it. 0: the
 * first ends it.
 */
record Budgets(int fail, int error, int inconclusive) {

  /** Empty while all budgets hold. A wrong answer weighs more than none. */
  Optional<Verdict> spent(Tally tally) {
    if (tally.bad() > fail || tally.error() > error) {
      return Optional.of(Verdict.UNHEALTHY);
    }
    return tally.inconclusive() > inconclusive
        ? Optional.of(Verdict.INCONCLUSIVE)
        : Optional.empty();
  }
}
