package dev.signalbox.activities.http;

import dev.signalbox.workflows.effect.FailureType;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/** What an {@link ApiException} is to a workflow: the one place where it becomes a failure. */
public final class Failures {
  private Failures() {}

  /** Runs a read, a guarded or a marked step: what may be repeated is retried by the engine. */
  public static <T> T mapped(Supplier<T> step) {
    try {
      return step.get();
    } catch (ApiException e) {
      throw of(e);
    }
  }

  public static void mapped(Runnable step) {
    try {
      step.run();
    } catch (ApiException e) {
      throw of(e);
    }
  }

  /**
   * Runs a bare step's call, from the moment at which it may leave: whatever does not prove that
   * nothing happened is an unknown outcome.
   */
  public static <T> T mappedBare(Supplier<T> call) {
    try {
      return call.get();
    } catch (ApiException e) {
      throw ofBare(e);
    } catch (RuntimeException e) {
      throw failure(
          FailureType.UNKNOWN_OUTCOME,
          "the call ended with " + e + "; what happened must be read back",
          e,
          null,
          true);
    }
  }

  /** For reads, guarded and marked steps. */
  public static ApplicationFailure of(ApiException e) {
    return switch (e.kind()) {
      case REJECTED -> failure(FailureType.REJECTED, e, true);
      case NOT_FOUND -> failure(FailureType.NOT_FOUND, e, true);
      case RATE_LIMITED -> failure(FailureType.RATE_LIMITED, e, false);
      case UNAVAILABLE, UNKNOWN_OUTCOME, NOT_SENT -> failure(FailureType.UNAVAILABLE, e, false);
    };
  }

  /** For bare steps. */
  public static ApplicationFailure ofBare(ApiException e) {
    return switch (e.kind()) {
      case REJECTED -> failure(FailureType.REJECTED, e, true);
      case NOT_FOUND -> failure(FailureType.NOT_FOUND, e, true);
      case RATE_LIMITED -> failure(FailureType.RATE_LIMITED, e, false);
      case NOT_SENT -> failure(FailureType.NOT_SENT, e, false);
      case UNAVAILABLE, UNKNOWN_OUTCOME -> failure(FailureType.UNKNOWN_OUTCOME, e, true);
    };
  }

  /** A bare step that ended before its call. */
  public static ApplicationFailure notSent(String message, Throwable cause) {
    return failure(FailureType.NOT_SENT, message, cause, null, false);
  }

  /** Refused with a cause that will not go away by itself; nothing was done. */
  public static ApplicationFailure rejected(String message) {
    return failure(FailureType.REJECTED, message, null, null, true);
  }

  /** Somebody else is at it, and it need not be done beside; nothing was done. */
  public static ApplicationFailure busy(String message) {
    return failure(FailureType.BUSY, message, null, null, true);
  }

  /** The other side did not answer a read, which may be repeated. */
  public static ApplicationFailure unavailable(String message) {
    return failure(FailureType.UNAVAILABLE, message, null, null, false);
  }

  /** A bare step that was under way, and nobody knows how far it came. */
  public static ApplicationFailure unknownOutcome(String message) {
    return failure(FailureType.UNKNOWN_OUTCOME, message, null, null, true);
  }

  /** The waiting read's "not yet": expected, so it is no error in logs and metrics. */
  public static ApplicationFailure unchanged(String what, Duration poll) {
    ApplicationFailure.Builder failure =
        ApplicationFailure.newBuilder()
            .setMessage(what + " has not changed; looked at again by itself")
            .setType(FailureType.UNCHANGED.wireName())
            .setCategory(ApplicationErrorCategory.BENIGN);
    if (poll != null) {
      failure.setNextRetryDelay(poll);
    }
    return failure.build();
  }

  /** The engine, or a workflow of ours that was asked, is silent. */
  public static ApplicationFailure unanswered(String who, Throwable cause) {
    return failure(
        FailureType.UNAVAILABLE,
        who + " does not answer: " + cause.getMessage(),
        cause,
        null,
        false);
  }

  /** A waiting read that nobody has answered for as long as it may go unanswered. */
  public static ApplicationFailure silent(String message, Throwable cause) {
    return failure(FailureType.UNAVAILABLE, message, cause, null, true);
  }

  public static ApplicationFailure invalidPolicy(String message, Throwable cause) {
    return failure(FailureType.INVALID_POLICY, message, cause, null, true);
  }

  /** Refuses work of a project that this worker has no file of, before any call. */
  public static void requireServed(String project, Set<String> served) {
    if (!served.contains(project)) {
      throw failure(
          FailureType.FOREIGN_PROJECT,
          "project "
              + project
              + " is not served by this worker, which serves "
              + served
              + "; start a worker with its signalbox.toml",
          null,
          null,
          true);
    }
  }

  private static ApplicationFailure failure(FailureType type, ApiException e, boolean last) {
    return failure(type, e.getMessage(), e, e.delay().orElse(null), last);
  }

  private static ApplicationFailure failure(
      FailureType type, String message, Throwable cause, Duration delay, boolean last) {
    ApplicationFailure.Builder failure =
        ApplicationFailure.newBuilder()
            .setMessage(message)
            .setType(type.wireName())
            .setCause(cause)
            .setNonRetryable(last);
    if (delay != null) {
      failure.setNextRetryDelay(delay);
    }
    return failure.build();
  }
}
