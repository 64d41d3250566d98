package dev.signalbox.activities.health;

import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Run;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every sample of a watch: those in a row that say the same are one line. Bounded, because it
 * travels with each heartbeat and in the result: where there are too many lines, those in the
 * middle are only counted; the first ones, the last ones and so the decisive one stay.
 *
 * @param omitted samples of lines that were left out
 */
record SampleLog(List<Run> runs, int omitted) {
  static final SampleLog EMPTY = new SampleLog(List.of(), 0);

  private static final int FIRST = 20;
  private static final int LEAST = 60;

  SampleLog {
    runs = runs == null ? List.of() : List.copyOf(runs);
  }

  SampleLog and(Sample sample) {
    List<Run> lines = new ArrayList<>(runs);
    int newest = newest(sample.service());
    if (newest >= 0 && same(lines.get(newest), sample)) {
      Run run = lines.get(newest);
      lines.set(newest, run(sample, run.from(), run.count() + 1));
    } else {
      lines.add(run(sample, sample.at(), 1));
    }
    if (lines.size() <= most(lines)) {
      return new SampleLog(lines, omitted);
    }
    int left = lines.remove(FIRST).count();
    return new SampleLog(lines, omitted + left);
  }

  /** What the service's last sample said; empty = it has none. */
  Optional<Reading> last(String service) {
    int newest = newest(service);
    return newest < 0 ? Optional.empty() : Optional.of(runs.get(newest).reading());
  }

  /** The newest line of each service must stay, or it could not go on. */
  private static int most(List<Run> lines) {
    long services = lines.stream().map(Run::service).distinct().count();
    return Math.max(LEAST, FIRST + (int) services * 4);
  }

  private int newest(String service) {
    for (int at = runs.size() - 1; at >= 0; at--) {
      if (runs.get(at).service().equals(service)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean same(Run run, Sample sample) {
    return run.reading() == sample.reading()
        && run.got().equals(sample.got())
        && run.expected().equals(sample.expected());
  }

  private static Run run(Sample sample, Instant from, int count) {
    return new Run(
        sample.service(),
        sample.reading(),
        sample.expected(),
        sample.got(),
        from,
        sample.at(),
        count);
  }
}
