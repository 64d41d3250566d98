package dev.signalbox.workflows;

import dev.signalbox.workflows.effect.Causes;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;

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
      return question.apply(Workflow.newLocalActivityStub(activities, ActivityProfiles.aside()));
    } catch (ActivityFailure failure) {
      if (!worthAnother(failure)) {
        throw failure;
      }
      return question.apply(
          Workflow.newActivityStub(activities, ActivityProfiles.optional(queue, summary)));
    }
  }

  private static boolean worthAnother(ActivityFailure failure) {
    return !Causes.isCancel(failure)
        && !(failure.getCause() instanceof ApplicationFailure said && said.isNonRetryable());
  }
}
