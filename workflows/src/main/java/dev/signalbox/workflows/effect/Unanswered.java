package dev.signalbox.workflows.effect;

import dev.signalbox.workflows.ActivityProfiles;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import java.time.Duration;

/**
 * What is known of a bare attempt that came back without an answer.
 *
 * @param notDone whether it certainly did nothing
 * @param forGood whether repeating does not help
 * @param pause the other side's own delay; null = it named none
 */
public record Unanswered(boolean notDone, boolean forGood, Duration pause, String detail) {

  /**
   * What its failure proves.
   *
   * @param begun how it is said that it had left when its worker was lost
   * @param notBegun how it is said that it had not
   */
  public static Unanswered of(ActivityFailure failure, String begun, String notBegun) {
    Throwable cause = failure.getCause();
    if (cause instanceof ApplicationFailure refused) {
      FailureType type = FailureType.of(refused.getType());
      return new Unanswered(
          type != null && type.provesNothingHappened(),
          type != null && type.forGood(),
          refused.getNextRetryDelay(),
          refused.getOriginalMessage());
    }
    if (cause instanceof TimeoutFailure timeout) {
      String sign = timeout.getLastHeartbeatDetails().get(String.class);
      boolean sent = sign != null && sign.startsWith(ActivityProfiles.SENDING);
      return new Unanswered(!sent, false, null, sent ? begun : notBegun);
    }
    return new Unanswered(false, false, null, String.valueOf(cause));
  }
}
