package dev.signalbox.activities.health;

import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was counted so far; travels as heartbeat details, so that another worker goes on.
 *
 * @param streaks good samples in a row, by service
 * @param lastOther the newest sample that was not good; null = all were
 */
record Tally(
    Instant startedAt,
    int good,
    int bad,
    int error,
    int inconclusive,
    Map<String, Integer> streaks,
    Sample lastOther) {

  Tally {
    streaks = streaks == null ? Map.of() : Map.copyOf(streaks);
  }

  static Tally from(Instant startedAt) {
    return new Tally(startedAt, 0, 0, 0, 0, Map.of(), null);
  }

  Tally and(Sample sample) {
    Reading reading = sample.reading();
    Map<String, Integer> counted = new TreeMap<>(streaks);
    counted.put(sample.service(), reading == Reading.GOOD ? streak(sample.service()) + 1 : 0);
    return new Tally(
        startedAt,
        good + (reading == Reading.GOOD ? 1 : 0),
        bad + (reading == Reading.BAD ? 1 : 0),
        error + (reading == Reading.ERROR ? 1 : 0),
        inconclusive + (reading == Reading.INCONCLUSIVE ? 1 : 0),
        counted,
        reading == Reading.GOOD ? lastOther : sample);
  }

  boolean everyServiceHas(int successes, List<Target> targets) {
    return targets.stream().allMatch(target -> streak(target.service()) >= successes);
  }

  int samples() {
    return good + bad + error + inconclusive;
  }

  private int streak(String service) {
    return streaks.getOrDefault(service, 0);
  }

  String words() {
    return samples()
        + " samples: "
        + good
        + " good, "
        + bad
        + " bad, "
        + error
        + " without answer, "
        + inconclusive
        + " inconclusive";
  }
}
