package dev.signalbox.workflows;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/**
 * Time-outs and retries by behaviour, not by system. Every HTTP call's own time-out is below its
 * activity's.
 */
public final class ActivityProfiles {
  /**
   * Heartbeat detail of a bare step: the call is about to leave. Absent after a failure = it never
   * left.
   */
  public static final String SENDING = "sending";

  /** Longest HTTP exchange of a quick read, guarded or marked step. */
  public static final Duration QUICK_CALL = Duration.ofSeconds(15);

  /**
   * Longest HTTP exchange of a bare step: below {@link #BARE_ATTEMPT}, so that no answer outlives
   * its attempt.
   */
  public static final Duration BARE_CALL = Duration.ofSeconds(12);

  /** Start-to-close of a bare step. Nothing of it happens later than this after its start. */
  public static final Duration BARE_ATTEMPT = Duration.ofSeconds(18);

  private static final Duration QUICK_ATTEMPT = Duration.ofSeconds(60);
  private static final Duration HEARTBEAT = Duration.ofSeconds(6);
  private static final Duration LOOK_HEARTBEAT = Duration.ofSeconds(12);

  private static final Duration ASIDE_ATTEMPT = Duration.ofSeconds(3);
  private static final Duration ASIDE_WAIT = Duration.ofSeconds(4);

  private static final Duration LONGEST_WORK = Duration.ofHours(12);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** The other side may ask for shorter pauses than ours. */
  private static final int SPARE = 3;

  private ActivityProfiles() {}

  /** Reads, guarded and marked steps of a few calls: repeated until they work or are refused. */
  public static ActivityOptions quick(String queue, String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(queue)
        .setSummary(summary)
        .setStartToCloseTimeout(QUICK_ATTEMPT)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofSeconds(1))
                .setBackoffCoefficient(2)
                .setMaximumInterval(Duration.ofMinutes(1))
                .build())
        .build();
  }

  /**
   * A quick one that is given up after {@code longest}; whoever waits for it asks a person then.
   *
   * @param longest null = repeated for as long as the other side is away
   */
  public static ActivityOptions quick(String queue, String summary, Duration longest) {
    return longest == null ? quick(queue, summary) : within(quick(queue, summary), longest);
  }

  /**
   * Given up after {@code longest}. Attempts are bounded too, by far more than fit: the in-process
   * engine (temporal-test-server 1.39, {@code TestServiceRetryState}) takes an end that falls on a
   * whole second for none, and would repeat one activity in a thousand for ever.
   */
  static ActivityOptions within(ActivityOptions options, Duration longest) {
    RetryOptions retry = options.getRetryOptions();
    double longestPause =
        retry.getMaximumInterval() == null
            ? Double.MAX_VALUE
            : retry.getMaximumInterval().toMillis();
    double pause = retry.getInitialInterval().toMillis();
    int fitting = 1;
    for (double spent = pause; spent < longest.toMillis(); spent += pause) {
      pause = Math.min(pause * retry.getBackoffCoefficient(), longestPause);
      fitting++;
    }
    return ActivityOptions.newBuilder(options)
        .setScheduleToCloseTimeout(longest)
        .setRetryOptions(RetryOptions.newBuilder(retry).setMaximumAttempts(SPARE * fitting).build())
        .build();
  }

  /** A quick one that may be given up: its failure is noted and the run goes on. */
  public static ActivityOptions optional(String queue, String summary) {
    return within(quick(queue, summary), Duration.ofMinutes(2));
  }

  /** The same of what somebody waits for who does without it. */
  public static ActivityOptions brief(String queue, String summary) {
    return within(quick(queue, summary), Duration.ofSeconds(20));
  }

  /** The same where the other side counts by the hour, and says when to come again. */
  public static ActivityOptions patient(String queue, String summary) {
    return within(quick(queue, summary), Duration.ofMinutes(150));
  }

  /** A read of what may not be visible yet: repeated for {@code settle}, and then a person asks. */
  public static ActivityOptions settling(String queue, String summary, Duration settle) {
    Duration pause = settle.dividedBy(16);
    return within(
        ActivityOptions.newBuilder(quick(queue, summary))
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(pause)
                    .setBackoffCoefficient(2)
                    .build())
            .build(),
        settle);
  }

  /**
   * A read that answers only when something changed; each attempt is one look, however long it
   * takes.
   */
  public static ActivityOptions untilChanged(String queue, String summary, Duration poll) {
    return ActivityOptions.newBuilder(quick(queue, summary))
        .setCancellationType(ActivityCancellationType.TRY_CANCEL)
        .setRetryOptions(
            RetryOptions.newBuilder().setInitialInterval(poll).setBackoffCoefficient(1).build())
        .build();
  }

  /** The same for a read that heartbeats: a dead worker is noticed long before the attempt ends. */
  public static ActivityOptions heartbeating(ActivityOptions options) {
    return ActivityOptions.newBuilder(options).setHeartbeatTimeout(LOOK_HEARTBEAT).build();
  }

  /**
   * One long heartbeating read. A dead worker is noticed within seconds, and the next one goes on.
   */
  public static ActivityOptions waiting(String queue, String summary, Duration longest) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(queue)
        .setSummary(summary)
        .setStartToCloseTimeout(longest.plus(QUICK_ATTEMPT))
        .setHeartbeatTimeout(HEARTBEAT)
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofSeconds(1))
                .setBackoffCoefficient(2)
                .setMaximumInterval(Duration.ofSeconds(30))
                .build())
        .build();
  }

  /** One that is of no use any more when its time is up, whoever was away. */
  public static ActivityOptions watching(String queue, String summary, Duration longest) {
    return within(waiting(queue, summary, longest), longest.plus(QUICK_ATTEMPT));
  }

  /**
   * Work on a database, as long as it takes: its heartbeats show that it goes on, and whoever is
   * cancelled waits for its end.
   *
   * @param attempts after which it is given up; 0 = never
   */
  public static ActivityOptions working(String queue, String summary, int attempts) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(queue)
        .setSummary(summary)
        .setStartToCloseTimeout(LONGEST_WORK)
        .setHeartbeatTimeout(LOOK_HEARTBEAT)
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofSeconds(1))
                .setBackoffCoefficient(2)
                .setMaximumInterval(LONGEST_PAUSE)
                .setMaximumAttempts(attempts)
                .build())
        .build();
  }

  /**
   * A step that nothing protects from happening twice: one attempt, and its outcome is judged by
   * the workflow.
   */
  public static ActivityOptions bare(String queue, String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(queue)
        .setSummary(summary)
        .setStartToCloseTimeout(BARE_ATTEMPT)
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
        .build();
  }

  /**
   * A long step that nothing protects from happening twice: one attempt, whose heartbeats show that
   * it goes on and whether it has begun; its outcome is judged by the workflow.
   */
  public static ActivityOptions bareWork(String queue, String summary) {
    return working(queue, summary, 1);
  }

  /** Reads of the worker's own files: no outside system, so no task queue and one event. */
  public static LocalActivityOptions local() {
    return LocalActivityOptions.newBuilder()
        .setStartToCloseTimeout(Duration.ofSeconds(5))
        .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(5).build())
        .build();
  }

  /**
   * The first and only local attempt of what has another way too. While it lasts the run answers no
   * query, so it is shorter than whoever asks is patient.
   */
  public static LocalActivityOptions aside() {
    return LocalActivityOptions.newBuilder()
        .setStartToCloseTimeout(ASIDE_ATTEMPT)
        .setScheduleToCloseTimeout(ASIDE_WAIT)
        .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
        .build();
  }
}
