package dev.signalbox.workflows.effect;

import io.temporal.failure.ActivityFailure;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What is known of a bare call after its one attempt: an id is <em>done</em>; a failure that proves
 * that nothing left is <em>not done</em>; anything else is <em>unknown</em>.
 *
 * @param id null = not done, or unknown
 * @param permanent whether repeating does not help
 * @param pause the other side's own delay; null = ours
 */
public record BareOutcome(
    String id, boolean unknown, boolean permanent, Duration pause, String detail) {

  /**
   * Makes the attempt.
   *
   * @param send answers the id of what it has made; null = it named none
   */
  public static BareOutcome of(Supplier<String> send) {
    try {
      String id = send.get();
      return id == null
          ? new BareOutcome(null, true, false, null, "Railway accepted it and named no id")
          : new BareOutcome(id, false, false, null, null);
    } catch (ActivityFailure failure) {
      Unanswered known =
          Unanswered.of(
              failure,
              "the call left and its worker did not come back with an answer",
              "the worker ended before the call left");
      return new BareOutcome(
          null, !known.notDone(), known.forGood(), known.pause(), known.detail());
    }
  }
}
