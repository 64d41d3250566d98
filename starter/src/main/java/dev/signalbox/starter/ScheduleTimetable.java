package dev.signalbox.starter;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.clock.ByTheClock;
import io.grpc.Status;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleState;
import io.temporal.client.schedules.ScheduleUpdate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** One Temporal Schedule for each environment. */
final class ScheduleTimetable<O extends ByTheClock<O>> implements Timetable<O> {
  private final EngineCalls calls;
  private final Deed<O> deed;
  private final ScheduleClient schedules;

  ScheduleTimetable(EngineCalls calls, Deed<O> deed) {
    this.calls = calls;
    this.deed = deed;
    WorkflowClientOptions client = calls.client().getOptions();
    this.schedules =
        ScheduleClient.newInstance(
            calls.client().getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder()
                .setNamespace(client.getNamespace())
                .setDataConverter(client.getDataConverter())
                .build());
  }

  @Override
  public Optional<Planned<O>> find(String environment) {
    ScheduleHandle handle = handle(environment);
    try {
      return Optional.of(planned(asked(handle.getId(), handle::describe)));
    } catch (ScheduleException failed) {
      if (EngineCalls.code(failed) == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw calls.translated("schedule", handle.getId(), failed);
    }
  }

  private Planned<O> planned(ScheduleDescription found) {
    O order =
        ((ScheduleActionStartWorkflow) found.getSchedule().getAction())
            .getArguments()
            .get(0, deed.order());
    ScheduleState state = found.getSchedule().getState();
    // Somebody may have paused it with Temporal's own tools.
    return state.isPaused()
        ? new Planned<>(order.paused(state.getNote()), null, overlapped(found), missed(found))
        : new Planned<>(
            order,
            found.getInfo().getNextActionTimes().stream().findFirst().orElse(null),
            overlapped(found),
            missed(found));
  }

  private static long overlapped(ScheduleDescription found) {
    return found.getInfo().getNumActionsSkippedOverlap();
  }

  private static long missed(ScheduleDescription found) {
    return found.getInfo().getNumActionsMissedCatchupWindow();
  }

  @Override
  public void put(O order) {
    ScheduleHandle handle = handle(order.environment());
    Schedule wanted = schedule(handle.getId(), order);
    answered(
        handle.getId(),
        () -> {
          try {
            return schedules.createSchedule(
                handle.getId(), wanted, ScheduleOptions.newBuilder().build());
          } catch (ScheduleAlreadyRunningException there) {
            handle.update(former -> new ScheduleUpdate(wanted));
            return handle;
          }
        });
  }

  private Schedule schedule(String id, O order) {
    boolean paused = order.paused() != null;
    return Schedule.newBuilder()
        .setAction(
            ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType(deed.workflow())
                // Its pause is the Schedule's.
                .setArguments(order.paused(null))
                .setOptions(
                    WorkflowOptions.newBuilder()
                        .setWorkflowId(id)
                        .setTaskQueue(new TaskQueues(order.project()).workflows())
                        .build())
                .build())
        .setSpec(
            ScheduleSpec.newBuilder()
                .setCronExpressions(List.of(order.times().cron()))
                .setTimeZoneName(order.times().zone())
                .build())
        .setPolicy(
            SchedulePolicy.newBuilder()
                .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                .setCatchupWindow(deed.catchUp())
                .build())
        .setState(
            ScheduleState.newBuilder()
                .setPaused(paused)
                .setNote(paused ? order.paused() : "")
                .build())
        .build();
  }

  @Override
  public void remove(String environment) {
    ScheduleHandle handle = handle(environment);
    answered(
        handle.getId(),
        () -> {
          try {
            handle.delete();
          } catch (ScheduleException failed) {
            if (EngineCalls.code(failed) != Status.Code.NOT_FOUND) {
              throw failed;
            }
          }
          return handle;
        });
  }

  private ScheduleHandle handle(String environment) {
    return schedules.getHandle(deed.id().apply(calls.project(), environment));
  }

  private void answered(String id, Callable<ScheduleHandle> call) {
    try {
      asked(id, call);
    } catch (ScheduleException failed) {
      throw calls.translated("schedule", id, failed);
    }
  }

  private <T> T asked(String id, Callable<T> call) {
    return calls.calling("schedule", id, call);
  }
}
