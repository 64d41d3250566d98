package dev.signalbox.activities.railway;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.sandbox.SandboxSettings.Timing;
import dev.signalbox.workflows.railway.PreviewActivities;
import java.time.Clock;
import java.time.Duration;
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
            GivenSlots.FREE,
            Pace.of(Clock.systemUTC()));
    environments = stub(PreviewActivities.class, previews);
  }
}
