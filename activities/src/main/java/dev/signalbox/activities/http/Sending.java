package dev.signalbox.activities.http;

import dev.signalbox.workflows.ActivityProfiles;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;

/**
 * The word of a bare step that from now on something may happen. A worker that dies before it was
 * recorded has sent nothing; one that dies after it leaves an unknown outcome.
 */
public final class Sending {
  private Sending() {}

  /**
   * Records {@code sending} at the engine, or does not return. {@code context.heartbeat} would not
   * do: it logs a failed call to the engine and goes on (SDK 1.39, {@code HeartbeatContextImpl}),
   * and then a crash after sending looks like one before it.
   */
  public static void announce(ActivityExecutionContext context) {
    try {
      context
          .getWorkflowClient()
          .newActivityCompletionClient()
          .heartbeat(context.getTaskToken(), ActivityProfiles.SENDING);
    } catch (ActivityCanceledException e) {
      throw Failures.notSent("cancelled before the call left; nothing was sent", e);
    } catch (ActivityCompletionException e) {
      throw Failures.notSent(
          "the engine did not record that the call was about to leave, so it was not sent: "
              + e.getMessage(),
          e);
    }
  }
}
