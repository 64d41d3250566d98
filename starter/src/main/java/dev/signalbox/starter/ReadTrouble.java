package dev.signalbox.starter;

import dev.signalbox.workers.Trouble;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.effect.TokenAdvice;
import io.temporal.client.WorkflowException;
import io.temporal.failure.ApplicationFailure;

/** What it means for a person that a workflow which only answers has failed. */
final class ReadTrouble {
  private static final String NEXT = "; next: ";

  private ReadTrouble() {}

  /**
   * Refused by who was reached (exit 1), or not reached (exit 3).
   *
   * @param check what to do where the failure itself gives no advice
   */
  static Trouble of(String tried, String on, WorkflowException failed, String check) {
    String cause = EngineCalls.cause(failed);
    if (TokenAdvice.variable(cause).isPresent()) {
      return EngineCalls.wrongToken(tried, on, cause);
    }
    return refused(failed)
        ? new Trouble(1, tried, on, answer(cause), next(cause, check))
        : Trouble.notReached(tried, on, unanswered(failed, answer(cause)), next(cause, check));
  }

  private static String answer(String cause) {
    int next = cause.indexOf(NEXT);
    return next < 0 ? cause : cause.substring(0, next);
  }

  private static String next(String cause, String otherwise) {
    int next = cause.indexOf(NEXT);
    if (next < 0) {
      return otherwise;
    }
    String advice = cause.substring(next + NEXT.length());
    return Character.toUpperCase(advice.charAt(0)) + advice.substring(1) + ".";
  }

  private static String unanswered(Throwable failure, String cause) {
    String system = EngineCalls.system(failure).orElse("GitHub or Railway");
    // Who refuses the connection has lost no time.
    return EngineCalls.lateness(failure).filter(cause::equals).isPresent()
        ? cause
        : system + " did not answer: " + cause;
  }

  private static boolean refused(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApplicationFailure application
          && FailureType.of(application.getType()) != null
          && FailureType.of(application.getType()).provesNothingHappened()
          && FailureType.of(application.getType()) != FailureType.RATE_LIMITED) {
        return true;
      }
    }
    return false;
  }
}
