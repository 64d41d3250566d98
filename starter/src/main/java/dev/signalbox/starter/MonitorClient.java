package dev.signalbox.starter;

import dev.signalbox.starter.Timetable.Deed;
import dev.signalbox.starter.Timetable.Planned;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.clock.ClockTimes;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.monitor.HealthMonitorWorkflow;
import dev.signalbox.workflows.monitor.MonitorOrder;
import dev.signalbox.workflows.monitor.MonitorRun;
import dev.signalbox.workflows.monitor.MonitorState;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/** One environment's monitor: started, stopped and asked. */
public final class MonitorClient {
  private static final String STATE = "state";
  private static final Duration LONGEST_CHECK = Duration.ofMinutes(4);

  /** A round that the engine slept through is of no use any more. */
  private static final Deed<MonitorOrder> DEED =
      new Deed<>(
          "health monitoring",
          HealthMonitorWorkflow.class,
          MonitorOrder.class,
          HealthMonitorWorkflow::id,
          Duration.ofMinutes(1));

  private final EngineCalls calls;
  private final LedgerClient ledgers;
  private final Timetable<MonitorOrder> timetable;
  private final String environment;

  MonitorClient(EngineCalls calls, LedgerClient ledgers, String environment) {
    this.calls = calls;
    this.ledgers = ledgers;
    this.timetable = Timetable.of(calls, DEED);
    this.environment = environment;
  }

  /**
   * What is so now.
   *
   * @param changed whether it was not so before
   * @param order null = it is not monitored
   * @param next when the next round begins; null = none does
   */
  public record Standing(boolean changed, MonitorOrder order, Instant next) {}

  public Standing show() {
    return standing(false);
  }

  /** At these times, and at no others; what was paused with Temporal's own tools stays so. */
  public Standing start(ClockTimes times) {
    Optional<MonitorOrder> former = timetable.find(environment).map(Planned::order);
    if (former.filter(order -> order.times().equals(times)).isPresent()) {
      return standing(false);
    }
    Instant now = Instant.now();
    timetable.put(
        former
            .map(order -> order.at(times, now))
            .orElseGet(() -> new MonitorOrder(calls.project(), environment, times, now, null)));
    return standing(true);
  }

  /** Also the run under way is ended, and the ledger knows of none any more. */
  public Standing stop() {
    boolean there = timetable.find(environment).isPresent();
    timetable.remove(environment);
    String ledger = EnvironmentWorkflow.id(calls.project(), environment);
    run().ifPresent(run -> cancel(run.workflowId()));
    try {
      calls.calling(
          "end of the monitoring",
          ledger,
          () -> {
            calls.client().newWorkflowStub(EnvironmentWorkflow.class, ledger).unmonitored();
            return ledger;
          });
    } catch (WorkflowNotFoundException none) {
      // No worker has opened it yet, so it knows of nothing.
    }
    return standing(there);
  }

  private void cancel(String workflowId) {
    try {
      calls.calling(
          "cancel",
          workflowId,
          () -> {
            calls.client().newUntypedWorkflowStub(workflowId).cancel();
            return workflowId;
          });
    } catch (WorkflowNotFoundException ended) {
      // As it is wanted.
    }
  }

  /** How everything stands by the run under way, or by the last one; empty = there was none. */
  public Optional<MonitorState> state() {
    return run().flatMap(run -> calls.query(run.workflowId(), STATE, MonitorState.class));
  }

  private Optional<MonitorRun> run() {
    return ledgers.ledger(environment).map(LedgerStatus::monitor);
  }

  /**
   * One round, now, beside any other; nobody is told what it finds.
   *
   * @throws TroubleException exit 3, when nobody answered
   */
  public MonitorState check() {
    String id =
        HealthMonitorWorkflow.id(calls.project(), environment) + "/check-" + UUID.randomUUID();
    HealthMonitorWorkflow round =
        calls
            .client()
            .newWorkflowStub(
                HealthMonitorWorkflow.class,
                calls.options(id).setWorkflowExecutionTimeout(LONGEST_CHECK).build());
    MonitorOrder once = new MonitorOrder(calls.project(), environment, null, Instant.now(), null);
    calls.calling("round", id, () -> WorkflowClient.start(round::run, once));
    try {
      MonitorState state =
          Deadline.within(
              LONGEST_CHECK, () -> WorkflowStub.fromTyped(round).getResult(MonitorState.class));
      calls.answered();
      return state;
    } catch (TimeoutException noAnswer) {
      throw new TroubleException(calls.noWorker("round", id), noAnswer);
    } catch (WorkflowException failed) {
      throw new TroubleException(
          ReadTrouble.of("Checking the health", environment, failed, "Ask again."), failed);
    }
  }

  private Standing standing(boolean changed) {
    return timetable
        .find(environment)
        .map(planned -> new Standing(changed, planned.order(), planned.next()))
        .orElse(new Standing(changed, null, null));
  }
}
