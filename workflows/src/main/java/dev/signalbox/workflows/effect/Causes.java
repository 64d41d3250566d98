package dev.signalbox.workflows.effect;

import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;

/** What lies inside of a failure that Temporal hands to a workflow. */
public final class Causes {
  private Causes() {}

  /** Whether the run, or the call inside of it, was cancelled. */
  public static boolean isCancel(TemporalFailure failure) {
    return failure instanceof CanceledFailure || failure.getCause() instanceof CanceledFailure;
  }

  /** Lets a cancel go on its way, before a failure becomes an answer like any other. */
  public static void rethrowCancel(TemporalFailure failure) {
    if (isCancel(failure)) {
      throw failure;
    }
  }

  public static Throwable innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** The innermost message: the one that says what came back. */
  public static String message(TemporalFailure failure) {
    Throwable cause = innermost(failure);
    return cause instanceof TemporalFailure temporal
        ? String.valueOf(temporal.getOriginalMessage())
        : String.valueOf(cause.getMessage());
  }
}
