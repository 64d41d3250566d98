package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.pace.FastPace;
import dev.signalbox.activities.railway.DeploymentWatch.Progress;
import dev.signalbox.workflows.railway.AwaitOrder;
import dev.signalbox.workflows.railway.AwaitOrder.Phase;
import dev.signalbox.workflows.railway.Deployment.Status;
import dev.signalbox.workflows.railway.DeploymentEnd;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A deployment that Railway shows as crashed, which may come up yet. */
@ResourceLock(value = OnSandbox.LOG_OF_EVENTS, mode = ResourceAccessMode.READ)
class DeploymentCrashTest extends OnSandbox {
  private RailwayClient railway;

  @BeforeEach
  void connect() {
    railway = railway(Clock.systemUTC());
  }

  @Test
  void waitsThirtySecondsThroughACrashHoweverLongTheBuildWas() {
    String id = crashed();
    FastPace pace = new FastPace(createdAt(id).plus(Duration.ofMinutes(10)));

    DeploymentEnd end = watch(id, pace, null);

    assertThat(end.last().status()).isEqualTo(Status.CRASHED);
    assertThat(end.timedOut()).isFalse();
    assertThat(pace.waited()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
  }

  @Test
  void goesOnCountingFromTheCrashThatADeadWorkerSaw() {
    String id = crashed();
    FastPace pace = new FastPace();
    Instant seen = pace.now().minus(Duration.ofSeconds(20));

    DeploymentEnd end = watch(id, pace, new Progress(seen, "CRASHED", seen, null));

    assertThat(end.last().status()).isEqualTo(Status.CRASHED);
    assertThat(pace.waited()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
  }

  @Test
  void tellsTheNextWorkerWhenItSawTheCrash() {
    String id = crashed();
    FastPace pace = new FastPace();
    Instant began = pace.now();
    List<Progress> beats = new ArrayList<>();

    watch(id, pace, null, beats::add);

    assertThat(beats).last().extracting(Progress::crashedAt).isEqualTo(began);
  }

  private String crashed() {
    String crashing =
        sandbox.pushRelease(
            "crashing",
            Map.of(
                "backend/sandbox.toml", "crash_after = \"1ms\"\n".getBytes(StandardCharsets.UTF_8)),
            "A release that crashes");
    String id = sandbox.railway().deploy("production", "backend", crashing).id();
    eventually(() -> railway.deployment(id).status().equals("CRASHED"));
    return id;
  }

  private Instant createdAt(String id) {
    return railway.deployment(id).createdAt();
  }

  private DeploymentEnd watch(String id, FastPace pace, Progress before) {
    return watch(id, pace, before, progress -> {});
  }

  private DeploymentEnd watch(
      String id, FastPace pace, Progress before, Consumer<Progress> heartbeat) {
    return new DeploymentWatch(
            railway,
            new AwaitOrder(
                PROJECT,
                "backend",
                id,
                null,
                null,
                Duration.ofMinutes(20),
                null,
                Duration.ofSeconds(1),
                List.of(Phase.values())),
            pace,
            Optional.ofNullable(before),
            heartbeat)
        .watch();
  }
}
