package dev.signalbox.workflows.monitor;

import static dev.signalbox.workflows.fixtures.PipelineFixture.ENVIRONMENT;
import static dev.signalbox.workflows.fixtures.PipelineFixture.PROJECT;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.EnvironmentWorkflowImpl;
import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.LedgerState;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.monitor.IncidentActivities.IssueAnswer;
import dev.signalbox.workflows.monitor.IncidentActivities.IssueOrder;
import dev.signalbox.workflows.monitor.IncidentOrder.Kind;
import dev.signalbox.workflows.policy.PolicyActivities;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IncidentWorkflowTest {
  private static final TaskQueues QUEUES = new TaskQueues(PROJECT);
  private static final String ID = IncidentWorkflow.id(PROJECT, ENVIRONMENT);

  private final TestWorkflowEnvironment engine = Engine.fresh();
  private final Instant start = Instant.ofEpochMilli(engine.currentTimeMillis());
  private final List<IssueOrder> written = new CopyOnWriteArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean closedByHand;
  private volatile boolean refusedForGood;

  @BeforeEach
  void start() {
    Worker workflows = engine.newWorker(QUEUES.workflows());
    workflows.registerWorkflowImplementationTypes(
        IncidentWorkflowImpl.class, EnvironmentWorkflowImpl.class);
    Map<String, Function<Object, ?>> file = new HashMap<>();
    file.put("read", query -> aPipeline().build());
    file.put("monitor", query -> null);
    workflows.registerActivitiesImplementations(Engine.knowing(PolicyActivities.class, file));
    Map<String, Function<Object, ?>> hub = new HashMap<>();
    hub.put("ledger", query -> null);
    hub.put("write", order -> write((IssueOrder) order));
    engine
        .newWorker(QUEUES.notices())
        .registerActivitiesImplementations(Engine.knowing(IncidentActivities.class, hub));
    engine.start();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  /** The branch that the replay keeps: told, acknowledged, red again, over. */
  static String recorded() {
    IncidentWorkflowTest test = new IncidentWorkflowTest();
    test.start();
    IncidentWorkflow incident = test.begin();
    test.await(1);
    incident.order(order("d1", "cli"));
    incident.news(test.news(10, State.UP));
    incident.news(test.news(20, State.DOWN));
    incident.news(test.news(600, State.UP));
    Engine.result(test.engine, ID, IncidentState.class);
    String history = test.engine.getWorkflowClient().fetchHistory(ID).toJson(true);
    test.stop();
    return history;
  }

  @Test
  void opensOneIssueAndClosesItOnceEverythingStaysUp() {
    IncidentWorkflow incident = begin();
    await(1);

    incident.news(news(600, State.UP));
    IncidentState end = Engine.result(engine, ID, IncidentState.class);

    assertThat(written.get(0).title()).isEqualTo("Production Deployment Health Check Failed");
    assertThat(written.get(0).labels()).containsExactly("deployment-alert", "urgent");
    assertThat(written.get(0).number()).isZero();
    assertThat(written.subList(1, written.size())).allMatch(order -> order.number() == 7);
    assertThat(last().open()).isFalse();
    assertThat(last().comment()).contains("up again");
    assertThat(end.issue()).isEqualTo(7);
  }

  @Test
  void takesRedGreenRedForOneOutage() {
    IncidentWorkflow incident = begin();
    await(1);

    incident.news(news(10, State.UP));
    incident.news(news(20, State.DOWN));
    incident.news(news(600, State.UP));
    Engine.result(engine, ID, IncidentState.class);

    assertThat(written).filteredOn(order -> order.number() == 0).hasSize(1);
    assertThat(written).filteredOn(order -> !order.open()).hasSize(1);
  }

  @Test
  void waitsOutAnHourWithoutGitHub() {
    refused.set(60);
    IncidentWorkflow incident = begin();

    incident.news(news(600, State.UP));
    Engine.result(engine, ID, IncidentState.class);

    assertThat(written).filteredOn(order -> order.number() == 0).hasSize(1);
    assertThat(last().open()).isFalse();
  }

  @Test
  void goesOnWithoutAnIssueWhereGitHubRefusesIt() {
    refusedForGood = true;
    IncidentWorkflow incident = begin();

    incident.news(news(600, State.UP));
    IncidentState end = Engine.result(engine, ID, IncidentState.class);

    assertThat(written).isEmpty();
    assertThat(end.recoveredAt()).isNotNull();
    assertThat(end.timeline())
        .filteredOn(entry -> entry.words().contains("could not be written: 410 from GitHub"))
        .hasSize(1);
  }

  @Test
  void leavesAnIssueAloneThatAPersonClosedAndEndsWhenAllIsWell() {
    closedByHand = true;
    IncidentWorkflow incident = begin();

    await(2);
    incident.news(news(600, State.UP));
    IncidentState end = Engine.result(engine, ID, IncidentState.class);

    assertThat(written).filteredOn(IssueOrder::open).hasSize(1);
    assertThat(end.closed()).isEqualTo("closed by hand at GitHub");
  }

  @Test
  void takesAnOrderOnceAndOnlyByATrustedDoor() {
    IncidentWorkflow incident = begin();

    assertThat(incident.order(order("d1", "slack")).message()).contains("only with proof");
    assertThat(incident.order(order("d2", "cli")).counted()).isTrue();
    assertThat(incident.order(order("d2", "cli")).counted()).isTrue();

    incident.news(news(600, State.UP));
    IncidentState end = Engine.result(engine, ID, IncidentState.class);
    assertThat(end.acknowledged()).isEqualTo("ana: on it");
    assertThat(end.timeline()).filteredOn(entry -> entry.words().contains("ana")).hasSize(1);
  }

  @Test
  void escalatesAndRemindsWhileNobodyIsAtIt() {
    IncidentWorkflow incident = begin();

    awaitSaid("escalation", "reminder-1");
    incident.news(news(20_000, State.UP));
    Engine.result(engine, ID, IncidentState.class);

    assertThat(written)
        .filteredOn(order -> "escalation".equals(order.said()))
        .singleElement()
        .satisfies(
            order -> {
              assertThat(order.comment()).contains("Nobody has acknowledged it");
              assertThat(order.mentions()).contains("@ana-gh");
            });
    assertThat(written).filteredOn(order -> "reminder-1".equals(order.said())).hasSize(1);
  }

  @Test
  void tellsNobodyWhileItIsMutedAndAgainWhenThatEnds() {
    IncidentWorkflow incident = begin();
    await(1);
    Instant until = Instant.ofEpochMilli(engine.currentTimeMillis()).plus(Duration.ofHours(9));

    assertThat(incident.order(mute(until)).counted()).isTrue();
    awaitSaid("escalation");
    incident.news(news(90_000, State.UP));
    IncidentState end = Engine.result(engine, ID, IncidentState.class);

    assertThat(end.nudges().escalated()).isAfterOrEqualTo(until);
    assertThat(end.timeline()).anyMatch(entry -> entry.words().startsWith("muted until"));
  }

  @Test
  void tellsTheLedgerWhoOrderedSomethingAndHowItEnded() {
    engine
        .getWorkflowClient()
        .newUntypedWorkflowStub(
            "EnvironmentWorkflow",
            WorkflowOptions.newBuilder()
                .setWorkflowId(EnvironmentWorkflow.id(PROJECT, ENVIRONMENT))
                .setTaskQueue(QUEUES.workflows())
                .build())
        .start(LedgerState.empty(PROJECT, ENVIRONMENT));
    IncidentWorkflow incident = begin();
    incident.order(order("d1", "cli"));

    incident.news(news(600, State.UP));
    Engine.result(engine, ID, IncidentState.class);

    LedgerStatus ledger =
        engine
            .getWorkflowClient()
            .newWorkflowStub(
                EnvironmentWorkflow.class, EnvironmentWorkflow.id(PROJECT, ENVIRONMENT))
            .status();
    assertThat(ledger.history())
        .extracting(entry -> entry.kind().word(), HistoryEntry::requester, HistoryEntry::id)
        .containsExactly(tuple("answered", "ana", ID), tuple("outage", "ana", ID));
    assertThat(ledger.history().get(1).detail()).startsWith("down for ").contains("issue #7");
  }

  /** Until the issue was written with these words beside it. */
  private void awaitSaid(String... names) {
    while (!written.stream().map(IssueOrder::said).toList().containsAll(List.of(names))) {
      engine.sleep(Duration.ofMinutes(5));
    }
  }

  private static IncidentOrder mute(Instant until) {
    return new IncidentOrder("m1", Kind.MUTE, "ana", "known", "cli", null, until);
  }

  private IssueAnswer write(IssueOrder order) {
    if (refusedForGood) {
      throw ApplicationFailure.newNonRetryableFailure("410 from GitHub", "rejected");
    }
    if (refused.getAndDecrement() > 0) {
      throw ApplicationFailure.newFailure("502 from GitHub", "unavailable");
    }
    written.add(order);
    return new IssueAnswer(7, "https://github.com/acme/app/issues/7", order.open() && closedByHand);
  }

  private IssueOrder last() {
    return written.get(written.size() - 1);
  }

  private IncidentWorkflow begin() {
    IncidentWorkflow incident =
        engine
            .getWorkflowClient()
            .newWorkflowStub(
                IncidentWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(ID)
                    .setTaskQueue(QUEUES.workflows())
                    .build());
    WorkflowClient.start(
        incident::run, IncidentState.begin(PROJECT, ENVIRONMENT, news(0, State.DOWN)));
    return incident;
  }

  private void await(int writes) {
    while (written.size() < writes) {
      engine.sleep(Duration.ofSeconds(1));
    }
  }

  private News news(int second, State state) {
    Instant at = start.plusSeconds(second);
    Check check =
        new Check("backend", "backend", Check.Kind.HEALTH, null, Duration.ofSeconds(5), null, null);
    Look look = new Look(state, "200", state.name(), at, Duration.ZERO);
    return new News(
        at,
        List.of(Standing.unknown(check, at).after(look, new Rules(1, 1, Duration.ZERO))),
        Map.of("backend", new Stamp(at, "run", second)),
        null,
        null);
  }

  private static IncidentOrder order(String id, String door) {
    return new IncidentOrder(id, Kind.ACK, "ana", "on it", door, null, null);
  }
}
