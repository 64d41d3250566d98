package dev.signalbox.workflows.monitor;

import static dev.signalbox.workflows.fixtures.PipelineFixture.ENVIRONMENT;
import static dev.signalbox.workflows.fixtures.PipelineFixture.PROJECT;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.clock.ClockTimes;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.EnvironmentWorkflowImpl;
import dev.signalbox.workflows.environment.LedgerState;
import dev.signalbox.workflows.environment.LedgerStatus.Holder;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.environment.OrderAnswer;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.monitor.MonitorActivities.Round;
import dev.signalbox.workflows.monitor.MonitorActivities.RoundOrder;
import dev.signalbox.workflows.monitor.MonitorActivities.WatchOrder;
import dev.signalbox.workflows.policy.MonitorPolicy;
import dev.signalbox.workflows.policy.MonitorPolicy.IncidentPolicy;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.ServiceState;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthMonitorWorkflowTest {
  private static final TaskQueues QUEUES = new TaskQueues(PROJECT);
  private static final ClockTimes HOURLY = new ClockTimes("0 * * * *", "UTC");

  /** For what needs a watch: in the last seconds before a round there is none. */
  private static final ClockTimes YEARLY = new ClockTimes("0 0 1 1 *", "UTC");

  private static final MonitorPolicy POLICY =
      new MonitorPolicy(
          HOURLY,
          3,
          2,
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          null,
          null,
          null,
          null,
          null,
          null,
          Duration.ofMinutes(15),
          null,
          IncidentPolicy.DEFAULTS);

  /** Static, because the engine makes the workflow. */
  private static final List<IncidentState> BEGUN = new CopyOnWriteArrayList<>();

  private static final List<Instant> BEGUN_AT = new CopyOnWriteArrayList<>();

  private final TestWorkflowEnvironment engine = Engine.fresh();
  private final List<RoundOrder> rounds = new CopyOnWriteArrayList<>();
  private final List<WatchOrder> watches = new CopyOnWriteArrayList<>();
  private EnvironmentWorkflow ledger;
  private volatile boolean railwayAway;
  private volatile boolean watchLasts;
  private volatile String incident;
  private volatile State found = State.UP;
  private volatile MonitorPolicy policy = POLICY;

  /** Stands for the run that keeps the issue. */
  public static final class ToldIncident implements IncidentWorkflow {
    @Override
    public IncidentState run(IncidentState start) {
      BEGUN_AT.add(Instant.ofEpochMilli(Workflow.currentTimeMillis()));
      BEGUN.add(start);
      return start;
    }

    @Override
    public void news(News news) {}

    @Override
    public OrderAnswer order(IncidentOrder order) {
      return new OrderAnswer(false, false, "");
    }

    @Override
    public void validateOrder(IncidentOrder order) {}

    @Override
    public void ordered(IncidentOrder order) {}

    @Override
    public IncidentState status() {
      return null;
    }
  }

  @BeforeEach
  void start() {
    BEGUN.clear();
    BEGUN_AT.clear();
    Worker workflows = engine.newWorker(QUEUES.workflows());
    workflows.registerWorkflowImplementationTypes(
        HealthMonitorWorkflowImpl.class, ToldIncident.class, EnvironmentWorkflowImpl.class);
    workflows.registerActivitiesImplementations(
        Engine.knowing(
            PolicyActivities.class,
            Map.of("read", query -> aPipeline().build(), "monitor", query -> policy)));
    engine
        .newWorker(QUEUES.railway())
        .registerActivitiesImplementations(
            Engine.knowing(RailwayActivities.class, Map.of("readEnvironment", query -> railway())));
    engine
        .newWorker(QUEUES.health())
        .registerActivitiesImplementations(
            Engine.knowing(
                MonitorActivities.class,
                Map.of(
                    "round",
                    order -> {
                      rounds.add((RoundOrder) order);
                      return round((RoundOrder) order);
                    },
                    "watch",
                    order -> {
                      watches.add((WatchOrder) order);
                      if (watchLasts) {
                        Activity.getExecutionContext().doNotCompleteOnReturn();
                      }
                      return round(((WatchOrder) order).round());
                    })));
    engine.start();
    ledger = stub(EnvironmentWorkflow.class, EnvironmentWorkflow.id(PROJECT, ENVIRONMENT), null);
    WorkflowClient.start(ledger::run, LedgerState.empty(PROJECT, ENVIRONMENT));
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  /** The branch that the replay keeps: a round and a watch that see an outage. */
  static String recorded() {
    HealthMonitorWorkflowTest test = new HealthMonitorWorkflowTest();
    test.start();
    test.found = State.DOWN;
    test.run("recorded", YEARLY);
    String history = test.engine.getWorkflowClient().fetchHistory("recorded").toJson(true);
    test.stop();
    return history;
  }

  @Test
  void looksAtEverythingAndWatchesUntilJustBeforeTheNextRound() {
    MonitorState state = run("once", YEARLY);

    assertThat(rounds).singleElement().extracting(RoundOrder::standings).isEqualTo(List.of());
    assertThat(rounds.get(0).checks())
        .extracting(Check::name, check -> check.target().url())
        .contains(tuple("backend", "https://backend.example"));
    Instant until = watches.get(0).until();
    assertThat(YEARLY.next(until)).contains(until.plusSeconds(5));
    assertThat(watches.get(0).round().standings()).hasSameSizeAs(state.standings());
    assertThat(state.rounds()).isEqualTo(1);
    assertThat(state.looks()).isEqualTo(20);
    assertThat(state.trouble()).isNull();
  }

  @Test
  void costsFewEventsHoweverMuchIsLookedAt() {
    run("cheap", YEARLY);

    assertThat(engine.getWorkflowClient().fetchHistory("cheap").getEvents()).hasSizeLessThan(45);
  }

  @Test
  void looksOnceAndWatchesNothingWithoutTimes() {
    MonitorState state = run("check", null);

    assertThat(rounds).hasSize(1);
    assertThat(watches).isEmpty();
    assertThat(state.outage()).isFalse();
  }

  @Test
  void asksTheServicesThatHaveAnAddressWhileRailwayIsAwayAndSaysSo() {
    railwayAway = true;

    MonitorState state = run("away", HOURLY);

    assertThat(rounds).isEmpty();
    assertThat(state.trouble()).contains("Railway was not read", "nothing to look at");
  }

  @Test
  void saysThatTheFileMonitorsItNoMore() {
    policy = null;

    assertThat(run("gone", HOURLY).trouble()).contains("no [monitor.production]");
  }

  @Test
  void handsOnHowEverythingStandsAndTellsTheLedgerEachRun() {
    found = State.DEGRADED;
    String id = HealthMonitorWorkflow.id(PROJECT, ENVIRONMENT);
    HealthMonitorWorkflow chain = stub(HealthMonitorWorkflow.class, id, HOURLY.cron());

    WorkflowClient.start(chain::run, order(HOURLY));
    while (rounds.size() < 2) {
      engine.sleep(Duration.ofMinutes(10));
    }

    assertThat(rounds.get(1).standings())
        .extracting(Standing::check, Standing::state)
        .contains(tuple("backend", State.DEGRADED));
    assertThat(ledger.status().monitor().workflowId()).isEqualTo(id);
  }

  @Test
  void beginsAnIncidentForAnOutage() {
    found = State.DOWN;

    MonitorState state = run("outage", YEARLY);

    assertThat(state.outage()).isTrue();
    assertThat(state.incident()).isTrue();
    assertThat(BEGUN).isNotEmpty();
    assertThat(BEGUN.get(0).environment()).isEqualTo(ENVIRONMENT);
    assertThat(BEGUN.get(0).after()).containsEntry("frontend", List.of("backend"));
  }

  @Test
  void beginsNoneWhereAllIsWell() {
    assertThat(run("well", HOURLY).incident()).isFalse();
    assertThat(BEGUN).isEmpty();
  }

  @Test
  void tellsAnOutageOfOurOwnDeploymentWhenThatTakesTooLong() {
    found = State.DOWN;
    watchLasts = true;
    Instant begins = Instant.ofEpochMilli(engine.currentTimeMillis());

    HealthMonitorWorkflow run =
        startWith("ours", new Doings(null, begins.plusSeconds(2).minus(POLICY.silence())));
    until(() -> !BEGUN.isEmpty());

    assertThat(BEGUN_AT.get(0)).isAfterOrEqualTo(begins.plusSeconds(2));
    until(() -> run.state().held() == null);
  }

  @Test
  void watchesEverythingMoreCloselyAfterARelease() {
    Instant begins = Instant.ofEpochMilli(engine.currentTimeMillis());

    startWith("closely", new Doings(begins.minus(Duration.ofMinutes(29)), null));
    while (watches.isEmpty()) {
      Thread.onSpinWait();
    }

    assertThat(watches)
        .singleElement()
        .extracting(watch -> watch.round().checks().get(0).every())
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(watches.get(0).until()).isEqualTo(begins.plus(Duration.ofMinutes(1)));
  }

  @Test
  void takesNoOutageForOneWhileThePlatformHasAnIncident() {
    found = State.DOWN;
    incident = "Railway has an incident (investigating): builds";

    MonitorState state = run("platform", null);
    run("platform-watch", YEARLY);

    assertThat(state.outage()).isFalse();
    assertThat(state.standings().get(0))
        .extracting(Standing::state, Standing::reason)
        .satisfies(
            shown -> assertThat(shown.toString()).contains("UNKNOWN", "builds", "expected 200"));
    assertThat(BEGUN).isEmpty();
  }

  /** It waits with its round until the ledger has told it that. */
  private HealthMonitorWorkflow startWith(String id, Doings doings) {
    startLedger(doings);
    HealthMonitorWorkflow run = stub(HealthMonitorWorkflow.class, id, null);
    WorkflowClient.start(
        run::run, new MonitorOrder(PROJECT, "staging", YEARLY, Instant.EPOCH, null));
    // The clock stands while nobody sleeps.
    while (!doings.equals(run.state().doings())) {
      Thread.onSpinWait();
    }
    return run;
  }

  private void startLedger(Doings doings) {
    String revision = "f".repeat(40);
    LedgerState state =
        new LedgerState(
            PROJECT,
            "staging",
            doings.released() == null ? null : new LiveSet(revision, null, doings.released(), null),
            null,
            null,
            doings.changing() == null ? null : new Holder("p", "r", revision, 1, doings.changing()),
            null,
            1,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    EnvironmentWorkflow other =
        stub(EnvironmentWorkflow.class, EnvironmentWorkflow.id(PROJECT, "staging"), null);
    WorkflowClient.start(other::run, state);
  }

  private void until(BooleanSupplier so) {
    while (!so.getAsBoolean()) {
      engine.sleep(Duration.ofMillis(500));
    }
  }

  /** The ledger says the same, soon. */
  private Round round(RoundOrder order) {
    Instant now = Instant.ofEpochMilli(engine.currentTimeMillis());
    Look look = new Look(found, "200", found.name(), now, Duration.ofMillis(3));
    return new Round(
        now,
        order.checks().stream()
            .map(check -> Standing.unknown(check, now).after(look, new Rules(1, 1, Duration.ZERO)))
            .toList(),
        true,
        10);
  }

  private EnvironmentState railway() {
    if (railwayAway) {
      throw ApplicationFailure.newNonRetryableFailure("503 from Railway", "unavailable");
    }
    return new EnvironmentState(
        "env-1", List.of(service("backend"), service("frontend")), "f", incident);
  }

  private static ServiceState service(String name) {
    return new ServiceState(
        name, "id-" + name, null, null, "https://" + name + ".example", null, null);
  }

  private MonitorState run(String id, ClockTimes times) {
    HealthMonitorWorkflow run = stub(HealthMonitorWorkflow.class, id, null);
    WorkflowClient.start(run::run, order(times));
    return Engine.result(engine, id, MonitorState.class);
  }

  private MonitorOrder order(ClockTimes times) {
    return new MonitorOrder(
        PROJECT, ENVIRONMENT, times, Instant.ofEpochMilli(engine.currentTimeMillis()), null);
  }

  private <T> T stub(Class<T> type, String id, String cron) {
    WorkflowOptions.Builder options =
        WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(QUEUES.workflows());
    return engine
        .getWorkflowClient()
        .newWorkflowStub(
            type, cron == null ? options.build() : options.setCronSchedule(cron).build());
  }
}
