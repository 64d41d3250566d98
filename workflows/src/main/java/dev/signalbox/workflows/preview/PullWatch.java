package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.github.PullActivities;
import dev.signalbox.workflows.github.PullActivities.PullQuery;
import dev.signalbox.workflows.github.PullActivities.PullState;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * Knows how the pull request stands, beside whatever else goes on: one read that answers when it
 * has changed, begun anew at once when somebody tells of news.
 */
final class PullWatch {
  /** What GitHub refuses to tell may be told later. */
  private static final Duration AFTER_A_REFUSAL = Duration.ofMinutes(10);

  private final String queue;
  private final Duration poll;
  private final String project;
  private final String repository;
  private PullState latest;
  private CancellationScope look;
  private Promise<PullState> answer;
  private boolean ended;
  private boolean news;

  PullWatch(String queue, Duration poll, String project, String repository, PullState latest) {
    this.queue = queue;
    this.poll = poll;
    this.project = project;
    this.repository = repository;
    this.latest = latest;
  }

  /** Begins; from now on {@link #latest} is as GitHub told it last. */
  void begin() {
    Workflow.newDetachedCancellationScope(() -> Async.procedure(this::follow)).run();
  }

  PullState latest() {
    return latest;
  }

  /** Somebody says that something may have changed. */
  void look() {
    news = true;
    if (look != null) {
      look.cancel("news");
    }
  }

  void end() {
    ended = true;
    look();
  }

  private void follow() {
    while (!ended) {
      news = false;
      try {
        latest = next();
      } catch (ActivityFailure failure) {
        if (!Causes.isCancel(failure)) {
          Workflow.await(AFTER_A_REFUSAL, () -> news || ended);
        }
      }
    }
  }

  private PullState next() {
    PullActivities github =
        Workflow.newActivityStub(
            PullActivities.class,
            ActivityProfiles.untilChanged(queue, "wait for news of #" + latest.number(), poll));
    look =
        Workflow.newCancellationScope(
            () ->
                answer =
                    Async.function(
                        github::awaitPull,
                        new PullQuery(project, repository, latest.number(), latest)));
    look.run();
    return answer.get();
  }
}
