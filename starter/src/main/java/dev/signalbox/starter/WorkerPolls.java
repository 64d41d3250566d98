package dev.signalbox.starter;

import com.google.protobuf.Timestamp;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workflows.DurationText;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Who asks the engine for a queue's work. The engine remembers each poll for some minutes, also of
 * a worker that has died since; the server in this process knows nothing of it.
 *
 * @param pollers each with its newest poll
 */
record WorkerPolls(String queue, List<PollerInfo> pollers) {
  /** A poll that brings no work ends after a minute, and the next one follows at once. */
  private static final Duration LONGEST_POLL = Duration.ofSeconds(70);

  /** Empty where the engine does not say it, or not in time. */
  static Optional<WorkerPolls> of(EngineConnection engine, String queue, Duration patience) {
    try {
      return Optional.of(
          new WorkerPolls(
              queue,
              engine
                  .stubs()
                  .blockingStub()
                  .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS)
                  .describeTaskQueue(
                      DescribeTaskQueueRequest.newBuilder()
                          .setNamespace(engine.client().getOptions().getNamespace())
                          .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                          .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                          .build())
                  .getPollersList()));
    } catch (StatusRuntimeException unknown) {
      return Optional.empty();
    }
  }

  /** Whether a worker may still be there. */
  boolean goOn(Instant now) {
    return newest().filter(poll -> !at(poll).plus(LONGEST_POLL).isBefore(now)).isPresent();
  }

  /** Follows "no worker does". */
  String words(Instant now) {
    return newest()
        .map(
            poll ->
                goOn(now)
                    ? ", though " + polled(poll, queue, now)
                    : ": nobody polls " + queue + " any more; " + polled(poll, "it", now))
        .orElse(": nobody polls " + queue);
  }

  private static String polled(PollerInfo poll, String what, Instant now) {
    Duration ago = Duration.ofSeconds(Math.max(0, Duration.between(at(poll), now).toSeconds()));
    return poll.getIdentity() + " polled " + what + " " + DurationText.of(ago) + " ago";
  }

  private Optional<PollerInfo> newest() {
    return pollers.stream().max(Comparator.comparing(WorkerPolls::at));
  }

  private static Instant at(PollerInfo poll) {
    Timestamp time = poll.getLastAccessTime();
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
