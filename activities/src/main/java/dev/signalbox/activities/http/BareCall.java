package dev.signalbox.activities.http;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.release.Moments;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;

/**
 * One attempt at a step that nothing protects from happening twice: says {@code sending}, then lets
 * the call leave, and is over by its deadline.
 *
 * <p>The order is the promise. A worker that dies before {@code sending} was recorded has sent
 * nothing; one that dies after it leaves an unknown outcome.
 */
public final class BareCall {
  private final ActivityExecutionContext context;
  private final Clock clock;
  private final Instant deadline;

  /** Begins when the activity does: the deadline counts from the attempt's start. */
  public BareCall(ActivityExecutionContext context, Clock clock) {
    this.context = context;
    this.clock = clock;
    // The engine's word for the start, because a task may have lain in a worker that was stopped;
    // and never later than ours, because its clock may be ahead of ours.
    Instant started = Instant.ofEpochMilli(context.getInfo().getStartedTimestamp());
    Instant now = clock.instant();
    this.deadline = (started.isBefore(now) ? started : now).plus(ActivityProfiles.BARE_CALL);
  }

  /**
   * @param call is given the moment after which it must not leave, and by which it must be over
   */
  public <T> T send(Function<Instant, T> call) {
    if (!clock.instant().isBefore(deadline)) {
      throw Failures.notSent(
          "the attempt's deadline "
              + Moments.text(deadline)
              + " passed before the call; nothing was sent. If this repeats, compare the clocks of"
              + " worker and engine",
          null);
    }
    Sending.announce(context);
    return Failures.mappedBare(() -> call.apply(deadline));
  }
}
