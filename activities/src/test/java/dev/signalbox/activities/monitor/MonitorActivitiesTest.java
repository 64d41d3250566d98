package dev.signalbox.activities.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.signalbox.activities.http.Reach;
import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.PostgresServer;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.workflows.health.HealthActivities.Target;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.monitor.Change;
import dev.signalbox.workflows.monitor.Check;
import dev.signalbox.workflows.monitor.Check.Kind;
import dev.signalbox.workflows.monitor.DatabaseTarget;
import dev.signalbox.workflows.monitor.Look;
import dev.signalbox.workflows.monitor.MonitorActivities;
import dev.signalbox.workflows.monitor.MonitorActivities.Round;
import dev.signalbox.workflows.monitor.MonitorActivities.RoundOrder;
import dev.signalbox.workflows.monitor.MonitorActivities.WatchOrder;
import dev.signalbox.workflows.monitor.Rules;
import dev.signalbox.workflows.monitor.Standing;
import dev.signalbox.workflows.monitor.State;
import dev.signalbox.workflows.policy.MonitorPolicy.DatabaseLimits;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real server, looked at over HTTP. Nothing here asks how long it took. */
@Timeout(120)
class MonitorActivitiesTest {
  private static final Duration SOON = Duration.ofMillis(5);
  private static final Rules RULES = new Rules(3, 2, SOON);
  private static final PostgresServer POSTGRES = PostgresServer.shared();
  private final List<Change> told = new CopyOnWriteArrayList<>();
  private final TestActivityEnvironment engine = TestActivityEnvironment.newInstance();
  private volatile int status = 200;
  private HttpServer service;
  private MonitorActivities monitor;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    service.start();
    engine.registerActivitiesImplementations(
        new MonitorActivitiesImpl(
            Set.of("inspector"),
            Reach.ofTheInternet(),
            reference -> new DatabaseAddress("DATABASE_URL", POSTGRES.database()),
            (workflow, run, change) -> hear(change),
            Pace.of(Clock.systemUTC())));
    monitor =
        engine.newActivityStub(
            MonitorActivities.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofHours(1))
                // A busy machine is silent for longer than the usual one.
                .setHeartbeatTimeout(Duration.ofHours(1))
                .build());
  }

  @AfterEach
  void stop() {
    engine.close();
    service.stop(0);
  }

  /** What was up goes down, and when that is told the run has ended. */
  private void hear(Change change) {
    told.add(change);
    status = 503;
    if (change.standings().get(0).state() == State.DOWN) {
      throw new WorkflowNotFoundException(
          WorkflowExecution.getDefaultInstance(), "HealthMonitorWorkflow", null);
    }
  }

  private Check check(Duration slow) {
    Target target =
        new Target(
            "web",
            "http://127.0.0.1:" + service.getAddress().getPort(),
            "/health",
            null,
            Map.of(),
            Duration.ofSeconds(60),
            null,
            0,
            null);
    return new Check("web", "web", Kind.HEALTH, target, SOON, slow, List.of());
  }

  private static RoundOrder order(Check check, List<Standing> standings) {
    return new RoundOrder(
        "inspector", "production", List.of(check), standings, RULES, List.of("127.0.0.1"));
  }

  @Test
  void looksAgainUntilItKnows() {
    status = 503;

    Round round = monitor.round(order(check(null), List.of()));

    Standing web = round.standings().get(0);
    assertThat(web.state()).isEqualTo(State.DOWN);
    assertThat(web.reason()).isEqualTo("expected 2xx from /health, got 503");
    assertThat(round.looks()).isEqualTo(3);
  }

  @Test
  void saysThatAnAnswerIsSlow() {
    Standing web = monitor.round(order(check(Duration.ZERO), List.of())).standings().get(0);

    assertThat(web.state()).isEqualTo(State.DEGRADED);
    assertThat(web.reason()).contains("within 0 ms, got 200 after");
  }

  @Test
  void callsNothingInTheWorkersNetworkThatNobodyAllowed() {
    Round round =
        monitor.round(
            new RoundOrder(
                "inspector", "production", List.of(check(null)), List.of(), RULES, List.of()));

    assertThat(round.standings().get(0).state()).isEqualTo(State.DEGRADED);
    assertThat(round.standings().get(0).reason()).contains("not called: 127.0.0.1 is loopback");
  }

  @Test
  void looksAtADatabaseToo() {
    DatabaseTarget target =
        new DatabaseTarget(
            new DatabaseReference("inspector", null, "production", "backend", "DATABASE_URL"),
            new DatabaseLimits(80, Duration.ofMinutes(10), 0));
    Check check =
        new Check("backend DATABASE_URL", "backend", Kind.DATABASE, null, SOON, null, null, target);

    assertThat(monitor.round(order(check, List.of())).standings().get(0).state())
        .isEqualTo(State.UP);
  }

  @Test
  void goesOnWhereAnEarlierAttemptStood() {
    status = 503;
    Instant now = Instant.now();
    Look bad = new Look(State.DOWN, "2xx", "503", now, null);
    Standing twice = new Standing("web", "web", State.UP, null, now, 0, 2, 9, bad, bad);
    engine.setHeartbeatDetails(new MonitorActivitiesImpl.Kept(List.of(twice)));

    Round round = monitor.round(order(check(null), List.of()));

    assertThat(round.looks()).isEqualTo(1);
    assertThat(round.standings().get(0).state()).isEqualTo(State.DOWN);
  }

  @Test
  void tellsOnlyWhatChangesUntilTheRunHasEnded() {
    Round end = monitor.watch(forAYear());

    assertThat(end.standings().get(0).state()).isEqualTo(State.DOWN);
    assertThat(told.get(1).sequence()).isEqualTo(told.get(0).sequence() + 1);
    assertThat(told).extracting(Change::watch).containsOnly(7);
    assertThat(told)
        .extracting(change -> change.standings().get(0).state())
        .containsExactly(State.UP, State.DOWN);
  }

  @Test
  void answersWhenItIsCancelled() {
    engine.requestCancelActivity();

    assertThat(monitor.watch(forAYear()).standings()).hasSize(1);
  }

  private WatchOrder forAYear() {
    return new WatchOrder(
        order(check(null), List.of()), 7, Instant.now().plus(Duration.ofDays(365)));
  }
}
