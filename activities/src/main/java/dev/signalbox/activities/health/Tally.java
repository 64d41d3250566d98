package dev.signalbox.activities.health;

import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What was counted so far; travels as heartbeat details, so that another worker goes on.
 *
 * @param streaks good samples in a row, by service
 * @param lastOther the newest sample that was not good; null = all were
 * @param lapses the samples that were not good and are not forgotten, oldest first
 */
record Tally(
    Instant startedAt,
    int good,
    int bad,
    int error,
    int inconclusive,
    Map<String, Integer> streaks,
    Sample lastOther,
    List<Lapse> lapses) {

  Tally {
    lapses = lapses == null ? List.of() : List.copyOf(lapses);
    streaks = streaks == null ? Map.of() : Map.copyOf(streaks);
  }

  static Tally from(Instant startedAt) {
    return new Tally(startedAt, 0, 0, 0, 0, Map.of(), null, List.of());
  }

  /** A sample that was not good. */
  record Lapse(Reading reading, Instant at) {}

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
        reading == Reading.GOOD ? lastOther : sample,
        reading == Reading.GOOD
            ? lapses
            : Stream.concat(lapses.stream(), Stream.of(new Lapse(reading, sample.at()))).toList());
  }

  Tally forgettingBefore(Instant instant) {
    return new Tally(
        startedAt,
        good,
        bad,
        error,
        inconclusive,
        streaks,
        lastOther,
        lapses.stream().filter(lapse -> !lapse.at().isBefore(instant)).toList());
  }

  /** How many lapses of this kind are not forgotten. */
  long recent(Reading reading) {
    return lapses.stream().filter(lapse -> lapse.reading() == reading).count();
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
