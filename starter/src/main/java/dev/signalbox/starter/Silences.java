package dev.signalbox.starter;

import com.google.protobuf.Timestamp;
import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.effect.Silence;
import dev.signalbox.workflows.effect.Systems;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.common.converter.DataConverterException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who gives a run no answer at this moment. The run itself does not know: it hears of an activity
 * when that has ended. The engine does, by the heartbeat of who waits and by the failures of what
 * is tried again.
 */
final class Silences {
  /** Longer than a call takes on an ordinary day. */
  private static final Duration LATE = Duration.ofSeconds(5);

  /**
   * Those that are called; a database and a smoke command work, and who waits for services waits.
   */
  private static final Set<String> CALLED =
      Set.of(Systems.of("GitHub"), Systems.of("Railway"), Systems.of("ReadFacts"));

  private final EngineCalls calls;

  Silences(EngineCalls calls) {
    this.calls = calls;
  }

  /** One for each system, and each service under watch, that is asked and silent. */
  List<Silent> of(String workflowId) {
    return calls.pending(workflowId).stream()
        .flatMap(
            pending ->
                Stream.concat(
                    system(workflowId, pending).stream(), SilentServices.of(pending).stream()))
        .toList();
  }

  private Optional<Silent> system(String workflowId, PendingActivityInfo pending) {
    return waiting(pending)
        .or(() -> triedAgain(workflowId, pending))
        .or(() -> underWay(pending, Instant.now()))
        .map(
            silence ->
                new Silent(Systems.of(type(pending)), silence, pending.getMaximumAttempts() != 1));
  }

  /**
   * @param silence null = the last read was answered
   */
  private record Beat(Silence silence) {}

  private static Optional<Silence> waiting(PendingActivityInfo pending) {
    return beat(pending).map(Beat::silence);
  }

  private static Optional<Beat> beat(PendingActivityInfo pending) {
    if (!pending.hasHeartbeatDetails()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(
          WireFormat.converter()
              .fromPayloads(0, Optional.of(pending.getHeartbeatDetails()), Beat.class, Beat.class));
    } catch (DataConverterException another) {
      return Optional.empty();
    }
  }

  private Optional<Silence> triedAgain(String workflowId, PendingActivityInfo pending) {
    return unanswered(pending)
        ? begun(workflowId, pending.getActivityId())
            .map(since -> new Silence(since, words(failure(pending)), asks(workflowId, pending)))
        : Optional.empty();
  }

  /**
   * An attempt whose answer is late. Who waits for long heartbeats what the last answer was; the
   * others make a few calls.
   */
  static Optional<Silence> underWay(PendingActivityInfo pending, Instant now) {
    Timestamp began = pending.getLastStartedTime();
    Instant since = Instant.ofEpochSecond(began.getSeconds(), began.getNanos());
    boolean late =
        pending.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED
            && pending.hasLastStartedTime()
            && !since.plus(LATE).isAfter(now)
            && CALLED.contains(Systems.of(type(pending)))
            && !beats(pending);
    return late
        ? Optional.of(
            new Silence(
                since,
                "asked for " + Duration.between(since, now).toSeconds() + "s, and not answered yet",
                null))
        : Optional.empty();
  }

  private static boolean beats(PendingActivityInfo pending) {
    return beat(pending).isPresent();
  }

  /** A read that waits for a change fails too, each time that it was answered with none. */
  static boolean unanswered(PendingActivityInfo pending) {
    Failure failure = failure(pending);
    return (failure.hasApplicationFailureInfo()
            && FailureType.of(failure.getApplicationFailureInfo().getType())
                != FailureType.UNCHANGED)
        || (ranOut(failure) && CALLED.contains(Systems.of(type(pending))));
  }

  /**
   * Of the last attempt; an empty one where none has failed. A failure that is too long for it the
   * engine wraps in one of its own: "Failure exceeds size limit."
   */
  static Failure failure(PendingActivityInfo pending) {
    Failure failure = pending.getLastFailure();
    while (failure.hasServerFailureInfo() && failure.hasCause()) {
      failure = failure.getCause();
    }
    return failure;
  }

  private static boolean ranOut(Failure failure) {
    return failure.hasTimeoutFailureInfo()
        && failure.getTimeoutFailureInfo().getTimeoutType()
            == TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE;
  }

  private static String words(Failure failure) {
    return ranOut(failure) ? "no answer in time" : failure.getMessage();
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
