package dev.signalbox.workflows;

import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.effect.FailureType;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import java.util.function.Consumer;

/**
 * Words to people that nothing waits for (a body, a comment, a tag): guarded or marked, so that
 * twice is once, and given up after two minutes. Never for what changes an environment.
 *
 * <p>Said by a local activity first: four of them at the end of a promotion are four events instead
 * of two dozen. A local one keeps the workflow's task, and no query is answered meanwhile; so it is
 * short, and where it fails an ordinary activity goes on, which the engine knows of.
 *
 * @param <T> the activities that say them
 */
public final class Asides<T> {
  private final Class<T> activities;
  private final String queue;

  public Asides(Class<T> activities, String queue) {
    this.activities = activities;
    this.queue = queue;
  }

  /** Says one thing, and waits until it is said. */
  public void say(String summary, Functions.Proc1<T> word) {
    ask(
        summary,
        activities -> {
          word.apply(activities);
          return null;
        });
  }

  /** Asks one thing in the same way: a read that somebody waits for. */
  public <R> R ask(String summary, Functions.Func1<T, R> question) {
    try {
      return atOnce(question);
    } catch (ActivityFailure failure) {
      requireWorthAnother(failure);
      return further(question, ActivityProfiles.optional(queue, summary));
    }
  }

  /** As {@link #ask}, of a side that may have no time now: then it is asked when that has. */
  public <R> R askWhenItMay(String summary, Functions.Func1<T, R> question) {
    try {
      return atOnce(question);
    } catch (ActivityFailure failure) {
      requireWorthAnother(failure);
      return whenItMay(failure, summary, question);
    }
  }

  /**
   * As {@link #say}; where the other side has no time for it now, it is said when that has, some
   * hours later at most.
   *
   * @param later carries out that second way, and may end it
   */
  public void insist(String summary, Functions.Proc1<T> word, Consumer<Functions.Proc> later) {
    Functions.Func1<T, Void> said =
        activities -> {
          word.apply(activities);
          return null;
        };
    try {
      atOnce(said);
    } catch (ActivityFailure failure) {
      requireWorthAnother(failure);
      later.accept(() -> whenItMay(failure, summary, said));
    }
  }

  private <R> R whenItMay(ActivityFailure first, String summary, Functions.Func1<T, R> question) {
    if (!limited(first)) {
      try {
        return further(question, ActivityProfiles.optional(queue, summary));
      } catch (ActivityFailure second) {
        if (!limited(second)) {
          throw second;
        }
      }
    }
    return further(question, ActivityProfiles.patient(queue, summary));
  }

  private <R> R atOnce(Functions.Func1<T, R> question) {
    return question.apply(Workflow.newLocalActivityStub(activities, ActivityProfiles.aside()));
  }

  private <R> R further(Functions.Func1<T, R> question, ActivityOptions options) {
    return question.apply(Workflow.newActivityStub(activities, options));
  }

  private static boolean limited(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure said
        && FailureType.RATE_LIMITED.wireName().equals(said.getType());
  }

  private static void requireWorthAnother(ActivityFailure failure) {
    if (!worthAnother(failure)) {
      throw failure;
    }
  }

  private static boolean worthAnother(ActivityFailure failure) {
    return !Causes.isCancel(failure)
        && !(failure.getCause() instanceof ApplicationFailure said && said.isNonRetryable());
  }
}
