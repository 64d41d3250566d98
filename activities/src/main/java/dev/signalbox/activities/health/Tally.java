package dev.signalbox.activities.health;

import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Target;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What was counted so far; travels as heartbeat details, so that another worker goes on.
 *
 * @param counts samples of each kind
 * @param streaks good samples in a row, by service
 * @param lastOther the newest sample that was not good; null = all were
 * @param lapses the samples that were not good and are not forgotten, oldest first
 * @param log all samples
 */
record Tally(
    Instant startedAt,
    Map<Reading, Integer> counts,
    Map<String, Integer> streaks,
    Sample lastOther,
    List<Lapse> lapses,
    SampleLog log) {

  Tally {
    counts = counts == null ? Map.of() : Map.copyOf(counts);
    lapses = lapses == null ? List.of() : List.copyOf(lapses);
    streaks = streaks == null ? Map.of() : Map.copyOf(streaks);
    log = log == null ? SampleLog.EMPTY : log;
  }

  static Tally from(Instant startedAt) {
    return new Tally(startedAt, Map.of(), Map.of(), null, List.of(), SampleLog.EMPTY);
  }

  /** A sample that was not good. */
  record Lapse(Reading reading, Instant at) {}

  Tally and(Sample sample) {
    Reading reading = sample.reading();
    boolean good = reading == Reading.GOOD;
    Map<String, Integer> inARow = new TreeMap<>(streaks);
    inARow.put(sample.service(), good ? streak(sample.service()) + 1 : 0);
    Map<Reading, Integer> counted = new EnumMap<>(Reading.class);
    counted.putAll(counts);
    counted.merge(reading, 1, Integer::sum);
    return new Tally(
        startedAt,
        counted,
        inARow,
        good ? lastOther : sample,
        good
            ? lapses
            : Stream.concat(lapses.stream(), Stream.of(new Lapse(reading, sample.at()))).toList(),
        log.and(sample));
  }

  Tally forgetting(Predicate<Lapse> which) {
    return new Tally(
        startedAt,
        counts,
        streaks,
        lastOther,
        lapses.stream().filter(lapse -> !which.test(lapse)).toList(),
        log);
  }

  /** How many lapses of this kind are not forgotten. */
  long recent(Reading reading) {
    return lapses.stream().filter(lapse -> lapse.reading() == reading).count();
  }

  boolean everyServiceHas(int successes, List<Target> targets) {
    return targets.stream().allMatch(target -> streak(target.service()) >= successes);
  }

  /**
   * Whether the last answer of each was good.
   *
   * @param unclearCounts whether one that says neither yes nor no is taken as it is
   */
  boolean endsWell(List<Target> targets, boolean unclearCounts) {
    Predicate<Reading> well =
        reading -> reading == Reading.GOOD || (unclearCounts && reading == Reading.INCONCLUSIVE);
    return targets.stream()
        .map(target -> log.last(target.service()))
        .allMatch(last -> last.filter(well).isPresent());
  }

  int samples() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private int streak(String service) {
    return streaks.getOrDefault(service, 0);
  }

  private int count(Reading reading) {
    return counts.getOrDefault(reading, 0);
  }

  String words() {
    int earlier = count(Reading.EARLIER);
    return samples()
        + " samples: "
        + count(Reading.GOOD)
        + " good, "
        + count(Reading.BAD)
        + " bad, "
        + count(Reading.ERROR)
        + " without answer, "
        + count(Reading.INCONCLUSIVE)
        + " inconclusive"
        + (earlier == 0 ? "" : ", " + earlier + " of the release before");
  }
}
