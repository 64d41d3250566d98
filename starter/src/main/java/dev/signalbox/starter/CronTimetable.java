package dev.signalbox.starter;

import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.clock.ByTheClock;
import dev.signalbox.workflows.clock.ClockTimes;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * For the engine in memory, which has no Schedules: one chain of runs by cron for each environment.
 * It knows no pause, so a paused chain runs and does nothing; and no time zone but UTC.
 */
final class CronTimetable<O extends ByTheClock<O>> implements Timetable<O> {
  private static final String ORDER = "order";
  private static final String REPLACED = "schedule: other times, paused, resumed or removed";

  private final EngineCalls calls;
  private final Deed<O> deed;

  CronTimetable(EngineCalls calls, Deed<O> deed) {
    this.calls = calls;
    this.deed = deed;
  }

  @Override
  public Optional<Planned<O>> find(String environment) {
    String id = deed.id().apply(calls.project(), environment);
    try {
      WorkflowExecutionDescription found = calls.calling("schedule", id, () -> run(id).describe());
      return found.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
          ? Optional.of(planned(found))
          : Optional.empty();
    } catch (WorkflowNotFoundException none) {
      return Optional.empty();
    }
  }

  private Planned<O> planned(WorkflowExecutionDescription found) {
    O order = deed.order().cast(found.getMemo(ORDER, deed.order()));
    Instant next = order.paused() == null ? order.times().next(Instant.now()).orElse(null) : null;
    return new Planned<>(order, next, null, null);
  }

  @Override
  public void put(O order) {
    String id = deed.id().apply(order.project(), order.environment());
    WorkflowStub chain =
        calls
            .client()
            .newUntypedWorkflowStub(
                deed.workflow().getSimpleName(),
                calls
                    .options(id)
                    .setCronSchedule(inUtc(deed.words(), order.times(), Instant.now()))
                    .setMemo(Map.of(ORDER, order))
                    .setWorkflowIdConflictPolicy(
                        WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING)
                    .build());
    calls.calling("schedule", id, () -> chain.start(order));
  }

  /**
   * The same times for an engine that counts in UTC. It does not follow summer time: it lives in
   * memory, and hardly so long.
   */
  static String inUtc(String words, ClockTimes times, Instant now) {
    if (ZoneId.of(times.zone()).getRules().getOffset(now).equals(ZoneOffset.UTC)) {
      return times.cron();
    }
    if (!times.cron().matches("\\d+ \\d+ \\* \\* \\*")) {
      throw new TroubleException(
          Trouble.usage(
              "Scheduling " + words,
              times.words(),
              "the engine in memory counts cron in UTC, and only a time of each day can be"
                  + " told in another zone",
              "Say --zone UTC, or use a durable engine (temporal server start-dev)."));
    }
    LocalTime time = times.next(now).orElseThrow().atZone(ZoneOffset.UTC).toLocalTime();
    return ClockTimes.daily(time, "UTC").cron();
  }

  @Override
  public void remove(String environment) {
    String id = deed.id().apply(calls.project(), environment);
    try {
      calls.calling(
          "schedule",
          id,
          () -> {
            run(id).terminate(REPLACED);
            return id;
          });
    } catch (WorkflowNotFoundException none) {
      // As it is wanted.
    }
  }

  private WorkflowStub run(String id) {
    return calls.client().newUntypedWorkflowStub(id);
  }
}
