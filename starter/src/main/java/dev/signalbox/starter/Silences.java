package dev.signalbox.starter;

import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.effect.Silence;
import dev.signalbox.workflows.effect.Systems;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.common.converter.DataConverterException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who gives a run no answer at this moment. The run itself does not know: it hears of an activity
 * when that has ended. The engine does, by the heartbeat of who waits and by the failures of what
 * is tried again.
 */
final class Silences {
  private final EngineCalls calls;

  Silences(EngineCalls calls) {
    this.calls = calls;
  }

  /** One for each system that is asked and silent. */
  List<Silent> of(String workflowId) {
    return calls.pending(workflowId).stream()
        .flatMap(
            pending ->
                waiting(pending)
                    .or(() -> triedAgain(workflowId, pending))
                    .map(silence -> new Silent(Systems.of(type(pending)), silence))
                    .stream())
        .toList();
  }

  /**
   * @param silence null = the last read was answered
   */
  private record Beat(Silence silence) {}

  private static Optional<Silence> waiting(PendingActivityInfo pending) {
    if (!pending.hasHeartbeatDetails()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(
              WireFormat.converter()
                  .fromPayloads(
                      0, Optional.of(pending.getHeartbeatDetails()), Beat.class, Beat.class))
          .map(Beat::silence);
    } catch (DataConverterException another) {
      return Optional.empty();
    }
  }

  private Optional<Silence> triedAgain(String workflowId, PendingActivityInfo pending) {
    return unanswered(pending)
        ? begun(workflowId, pending.getActivityId())
            .map(
                since ->
                    new Silence(
                        since, pending.getLastFailure().getMessage(), asks(workflowId, pending)))
        : Optional.empty();
  }

  /** A read that waits for a change fails too, each time that it was answered with none. */
  static boolean unanswered(PendingActivityInfo pending) {
    return pending.hasLastFailure()
        && pending.getLastFailure().hasApplicationFailureInfo()
        && FailureType.of(pending.getLastFailure().getApplicationFailureInfo().getType())
            != FailureType.UNCHANGED;
  }

  /** A deploy asks a person when the time for a read that it hangs on is over. */
  private Instant asks(String workflowId, PendingActivityInfo pending) {
    boolean limited =
        workflowId.startsWith(MigrateAndDeployWorkflow.id(calls.project(), ""))
            && pending.getExpirationTime().getSeconds() > 0;
    return limited ? Instant.ofEpochSecond(pending.getExpirationTime().getSeconds()) : null;
  }

  private Optional<Instant> begun(String workflowId, String activityId) {
    return calls.history(workflowId).stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
        .filter(
            event ->
                event.getActivityTaskScheduledEventAttributes().getActivityId().equals(activityId))
        .map(HistoryEvent::getEventTime)
        .map(time -> Instant.ofEpochSecond(time.getSeconds(), time.getNanos()))
        .findFirst();
  }

  private static String type(PendingActivityInfo pending) {
    return pending.getActivityType().getName();
  }
}
