package dev.signalbox.activities.railway;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.sandbox.SandboxSettings.Timing;
import dev.signalbox.workflows.railway.PreviewActivities;
import dev.signalbox.workflows.railway.PreviewActivities.EnsureOrder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** The environments of pull requests at a sandbox that makes any number of them at once. */
abstract class PreviewsOnSandbox extends OnSandbox {
  PreviewActivitiesImpl previews;
  PreviewActivities environments;

  @Override
  protected Sandbox sandbox() {
    return Sandbox.start(
        SandboxSettings.demo().withTiming(Timing.QUICK.creatingEvery(Duration.ZERO)));
  }

  @BeforeEach
  void register() {
    previews =
        new PreviewActivitiesImpl(
            RailwayClients.only(railway(Clock.systemUTC())),
            SERVED,
            "http",
            slots(),
            Pace.of(Clock.systemUTC()));
    environments = stub(PreviewActivities.class, previews);
  }

  /** Who may make one, and when. */
  CreationSlots slots() {
    return GivenSlots.FREE;
  }

  /**
   * Wants one as a copy of staging.
   *
   * @param shared variables that production may have too
   * @param since when it was wanted first
   */
  EnsureOrder wanted(String name, String mark, List<String> shared, Instant since) {
    return new EnsureOrder(
        PROJECT,
        sandbox.projectId(),
        null,
        name,
        mark,
        "staging",
        List.of("backend", "frontend"),
        List.of("production"),
        null,
        shared,
        since);
  }
}
