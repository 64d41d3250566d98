package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.health.HealthActivities;
import dev.signalbox.workflows.health.HealthActivities.Observed;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Verdict;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** How the services of a {@link WholeHouse} answer: well, unless a test says otherwise. */
final class StagedHealth {
  private final Supplier<Instant> clock;

  /** The release does not become healthy. */
  volatile boolean sickRelease;

  /** What is verified again is not well. */
  volatile boolean sickOnTheNewSchema;

  StagedHealth(Supplier<Instant> clock) {
    this.clock = clock;
  }

  HealthActivities activities() {
    return Engine.knowing(
        HealthActivities.class,
        Map.of(
            "observe",
                any ->
                    sickRelease
                        ? new Observed(unhealthy(), clock.get(), null)
                        : new Observed(healthy(), clock.get(), healthy()),
            "verify", any -> sickOnTheNewSchema ? unhealthy() : healthy(),
            "soak", any -> healthy()));
  }

  private static VerificationEnd healthy() {
    return new VerificationEnd(Verdict.HEALTHY, null, 3, "3 good answers", List.of(), 0);
  }

  private VerificationEnd unhealthy() {
    Sample sample = new Sample("backend", Reading.BAD, "200", "500 no column email", clock.get());
    return new VerificationEnd(Verdict.UNHEALTHY, sample, 1, "backend sick", List.of(), 0);
  }
}
