package dev.signalbox.activities.health;

import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How many samples of each kind are borne, over all services together; one more ends it. 0: the
 * first ends it.
 *
 * @param over the stretch that they are borne in: what is older is forgotten, so that a soak of a
 *     day bears in each stretch what a verification bears; null = a verification: nothing is
 *     forgotten, and the release before may answer for as long as it lasts
 */
record Budgets(int fail, int error, int inconclusive, Duration over) {

  Tally count(Tally tally, Sample sample) {
    Tally counted = tally.and(sample);
    if (over == null) {
      return counted.forgetting(lapse -> lapse.reading() == Reading.EARLIER);
    }
    Instant begin = sample.at().minus(over);
    return counted.forgetting(lapse -> lapse.at().isBefore(begin));
  }

  /** Empty while all budgets hold. A wrong answer weighs more than none. */
  Optional<Verdict> spent(Tally tally) {
    if (tally.recent(Reading.BAD) + tally.recent(Reading.EARLIER) > fail
        || tally.recent(Reading.ERROR) > error) {
      return Optional.of(Verdict.UNHEALTHY);
    }
    return tally.recent(Reading.INCONCLUSIVE) > inconclusive
        ? Optional.of(Verdict.INCONCLUSIVE)
        : Optional.empty();
  }
}
