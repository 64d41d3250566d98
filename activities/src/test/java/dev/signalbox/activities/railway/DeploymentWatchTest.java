package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.pace.FastPace;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.railway.DeploymentWatch.Progress;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.effect.Silence;
import dev.signalbox.workflows.railway.AwaitOrder;
import dev.signalbox.workflows.railway.AwaitOrder.Phase;
import dev.signalbox.workflows.railway.Deployment.Status;
import dev.signalbox.workflows.railway.DeploymentEnd;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.ServiceState;
import io.temporal.failure.ApplicationFailure;
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

/** The limits of one deployment, and a Railway that is silent. */
@ResourceLock(value = OnSandbox.LOG_OF_EVENTS, mode = ResourceAccessMode.READ)
class DeploymentWatchTest extends OnSandbox {
  private static final Duration DEPLOY = Duration.ofMinutes(30);
  private static final Duration BUILD = Duration.ofMinutes(12);
  private static final Duration AWAY = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofSeconds(10);

  private RailwayClient client;
  private FastPace pace;

  @BeforeEach
  void aClientAndItsTime() {
    client = railway(Clock.systemUTC());
    client.credential();
    pace = new FastPace();
  }

  @Test
  void saysOnceForEachPhaseThatTwoThirdsHavePassed() {
    String id = building();
    Instant began = pace.now();

    DeploymentEnd build = watch(id, began, List.of());
    DeploymentEnd deploy = watch(id, began, List.of(Phase.BUILD), null);

    assertThat(build.slow().phase()).isEqualTo(Phase.BUILD);
    assertThat(build.slow().sentence()).isEqualTo("not built after 8m of 12m, last seen BUILDING");
    assertThat(build.slow().since()).isEqualTo(began);
    assertThat(build.timedOut()).isFalse();
    assertThat(deploy.slow().phase()).isEqualTo(Phase.DEPLOY);
    assertThat(pace.waited()).isBetween(DEPLOY.multipliedBy(2).dividedBy(3), DEPLOY);
  }

  @Test
  void timesOutAtTheLimitOfTheBuildWithWhatWasLastSeen() {
    DeploymentEnd end = watch(building(), pace.now(), List.of(Phase.values()));

    assertThat(end.timedOut()).isTrue();
    assertThat(end.detail()).isEqualTo("not built after 12m, last seen BUILDING");
    assertThat(pace.waited()).isEqualTo(BUILD);
  }

  @Test
  void countsNoBuildLimitOnceItIsBuilt() {
    String id = deployed("start = \"20s\"\n");
    awaitStatus(id, "DEPLOYING");

    DeploymentEnd end = watch(id, pace.now(), List.of(Phase.values()));

    assertThat(end.detail()).isEqualTo("not active after 30m, last seen DEPLOYING");
  }

  @Test
  void givesUpForGoodWhenRailwayHasBeenSilentForLong() {
    String id = building();
    silence();

    assertThatThrownBy(() -> watch(id, pace.now(), List.of()))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(FailureType.UNAVAILABLE.wireName());
              assertThat(failure.isNonRetryable()).isTrue();
              assertThat(failure.getOriginalMessage())
                  .startsWith("Railway has not answered for 5m: ");
            });
    assertThat(pace.waited()).isBetween(AWAY, AWAY.plus(POLL));
  }

  @Test
  void countsTheSilenceFromTheFirstReadThatADeadWorkerGotNoAnswerTo() {
    String id = building();
    silence();
    Instant now = pace.now();
    Progress before =
        new Progress(
            now.minusSeconds(300),
            "BUILDING",
            null,
            new Silence(now.minus(AWAY).plusSeconds(20), "503", now.plusSeconds(20)));

    assertThatThrownBy(() -> watch(id, null, List.of(), BUILD, Optional.of(before), one -> {}))
        .hasMessageContaining("Railway has not answered for 5m");
    assertThat(pace.waited()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
  }

  @Test
  void tellsTheNextWorkerSinceWhenRailwayIsSilent() {
    String id = building();
    Instant began = pace.now();
    List<Progress> beats = new ArrayList<>();
    silence();

    assertThatThrownBy(() -> watch(id, began, List.of(), BUILD, Optional.empty(), beats::add))
        .isInstanceOf(ApplicationFailure.class);

    Silence told = beats.get(beats.size() - 1).silence();
    assertThat(told.since()).isEqualTo(began);
    assertThat(told.until()).isEqualTo(began.plus(AWAY));
    assertThat(told.sentence()).contains("503");
  }

  @Test
  void goesOnThroughASilenceThatEnds() {
    String id = building();
    sandbox.faults().add(Faults.Rule.of("deployment", Fault.SERVER_ERROR).times(25));

    DeploymentEnd end = watch(id, pace.now(), List.of(Phase.values()));

    assertThat(end.detail()).isEqualTo("not built after 12m, last seen BUILDING");
  }

  @Test
  void waitsUntilAJobHasEnded() {
    String id = deployed("exit = 0\nexit_after = \"1s\"\n");
    awaitStatus(id, "SUCCESS");

    DeploymentEnd end = watchJob(id, Pace.of(Clock.systemUTC()));

    assertThat(end.timedOut()).isFalse();
    assertThat(end.last().rawStatus()).isEqualTo("SUCCESS");
    assertThat(end.last().completed()).isTrue();
    assertThat(ended()).isTrue();
  }

  @Test
  void knowsAnEndedJobAlsoWhereRailwayNoLongerCountsItAsActive() {
    String id = deployed("exit = 0\nexit_active = false\n");
    watchJob(id, Pace.of(Clock.systemUTC()));

    assertThat(backend().active().id()).isEqualTo(id);
    assertThat(ended()).isTrue();

    String failing = deployed("build = \"fail\"\n");
    awaitStatus(failing, "FAILED");
    assertThat(backend().latest().id()).isEqualTo(failing);
    assertThat(backend().active().id()).isEqualTo(id);
    assertThat(ended()).isTrue();
  }

  private boolean ended() {
    return backend().completed();
  }

  private ServiceState backend() {
    return new EnvironmentReading(client, "http", 10)
        .read(
            new EnvironmentQuery(
                "inspector", sandbox.projectId(), "production", List.of("backend"), null))
        .service("backend")
        .orElseThrow();
  }

  @Test
  void timesOutOnAJobThatNeverEnds() {
    String id = deployed("");
    awaitStatus(id, "SUCCESS");

    DeploymentEnd end = watchJob(id, pace);

    assertThat(end.timedOut()).isTrue();
    assertThat(end.detail())
        .isEqualTo("the job has not ended after 30m, last seen SUCCESS (the job still runs)");
    assertThat(watch(id, pace.now(), List.of()).timedOut()).isFalse();
    assertThat(ended()).isFalse();
  }

  @Test
  void takesACronServiceThatIsBuiltAsDone() {
    String id = deployed("cron = \"0 3 * * *\"\n");
    awaitStatus(id, "SUCCESS");

    assertThat(watchJob(id, pace).last().completed()).isTrue();
  }

  @Test
  void takesAJobThatCrashedAsBad() {
    String id = deployed("exit = 2\n");
    awaitStatus(id, "CRASHED");

    DeploymentEnd end = watchJob(id, pace);

    assertThat(end.last().status()).isEqualTo(Status.CRASHED);
    assertThat(end.last().completed()).isFalse();
  }

  private DeploymentEnd watchJob(String id, Pace time) {
    AwaitOrder order =
        new AwaitOrder(
            "inspector",
            "backend",
            id,
            time.now(),
            BUILD,
            DEPLOY,
            AWAY,
            time == pace ? POLL : Duration.ofMillis(20),
            List.of(Phase.values()),
            null,
            true);
    return new DeploymentWatch(client, order, time, Optional.empty(), progress -> {}).watch();
  }

  private void silence() {
    sandbox.faults().add(Faults.Rule.of("deployment", Fault.SERVER_ERROR).times(0));
  }

  private String building() {
    String id = deployed("build = \"60s\"\n");
    awaitStatus(id, "BUILDING");
    return id;
  }

  private String deployed(String behaviour) {
    String slow =
        sandbox.pushRelease(
            "slow-" + System.nanoTime(),
            Map.of("backend/sandbox.toml", behaviour.getBytes(StandardCharsets.UTF_8)),
            "A slow release");
    return client.deploy(
        sandbox.environmentId("production"),
        sandbox.serviceId("backend"),
        "backend",
        slow,
        client.credential(),
        Instant.now().plusSeconds(60));
  }

  private void awaitStatus(String id, String status) {
    while (!status.equals(client.deployment(id).status())) {
      Thread.onSpinWait();
    }
  }

  private DeploymentEnd watch(String id, Instant since, List<Phase> told) {
    return watch(id, since, told, BUILD);
  }

  private DeploymentEnd watch(String id, Instant since, List<Phase> told, Duration build) {
    return watch(id, since, told, build, Optional.empty(), progress -> {});
  }

  private DeploymentEnd watch(
      String id,
      Instant since,
      List<Phase> told,
      Duration build,
      Optional<Progress> before,
      Consumer<Progress> heartbeat) {
    AwaitOrder order =
        new AwaitOrder("inspector", "backend", id, since, build, DEPLOY, AWAY, POLL, told);
    return new DeploymentWatch(client, order, pace, before, heartbeat).watch();
  }
}
