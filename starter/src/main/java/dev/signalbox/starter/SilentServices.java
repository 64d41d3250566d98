package dev.signalbox.starter;

import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.effect.Silence;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Run;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.common.converter.DataConverterException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The services of a verification or a soak whose last sample had no answer. The run hears of its
 * samples when the watch has ended, the engine by the heartbeat of who takes them.
 *
 * @param log of a watch for one thing, verification or soak
 * @param tally of a watch for both: what is counted now; null = its soak has just begun
 */
record SilentServices(Log log, Tally tally) {
  private static final String WATCH = "Health";

  record Tally(Log log) {}

  record Log(List<Run> runs) {
    Log {
      runs = runs == null ? List.of() : List.copyOf(runs);
    }
  }

  /** None of an activity that watches no services. */
  static List<Silent> of(PendingActivityInfo pending) {
    boolean watches =
        pending.getActivityType().getName().startsWith(WATCH) && pending.hasHeartbeatDetails();
    return watches ? read(pending).map(SilentServices::silent).orElse(List.of()) : List.of();
  }

  private List<Silent> silent() {
    Map<String, Silence> last = new LinkedHashMap<>();
    for (Run run : runs()) {
      last.compute(
          run.service(),
          (service, before) ->
              run.reading() == Reading.ERROR
                  ? new Silence(since(before, run), run.got(), null)
                  : null);
    }
    return last.entrySet().stream()
        .map(one -> new Silent(one.getKey(), one.getValue(), true))
        .toList();
  }

  private List<Run> runs() {
    Log counted = tally == null ? log : tally.log();
    return counted == null ? List.of() : counted.runs();
  }

  /** Lines that tell of another kind of silence belong to the same one. */
  private static Instant since(Silence before, Run run) {
    return before == null ? run.from() : before.since();
  }

  private static Optional<SilentServices> read(PendingActivityInfo pending) {
    try {
      return Optional.ofNullable(
          WireFormat.converter()
              .fromPayloads(
                  0,
                  Optional.of(pending.getHeartbeatDetails()),
                  SilentServices.class,
                  SilentServices.class));
    } catch (DataConverterException another) {
      return Optional.empty();
    }
  }
}
