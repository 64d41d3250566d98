package dev.signalbox.workflows.promotion;

import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;

/** What a Temporal failure means to a promotion. */
final class Failure {
  private Failure() {}

  static boolean isCancel(TemporalFailure failure) {
    return failure instanceof CanceledFailure || failure.getCause() instanceof CanceledFailure;
  }

  /** The innermost message: the one that says what came back. */
  static String message(TemporalFailure failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof TemporalFailure temporal
        ? String.valueOf(temporal.getOriginalMessage())
        : String.valueOf(cause.getMessage());
  }
}
