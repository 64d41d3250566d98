package dev.signalbox.activities;

import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.DeploymentDraft;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.notify.NotifyActivities.CardOrder;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.function.Function;

/**
 * Runs a step as a workflow does, so that the engine itself repeats it: what a marked step makes of
 * its second attempt.
 */
public final class SecondAttempt {
  private static final ActivityOptions RETRIED =
      ActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofMinutes(2))
          .setRetryOptions(
              RetryOptions.newBuilder().setInitialInterval(Duration.ofMillis(10)).build())
          .build();

  private SecondAttempt() {}

  /** The steps that look for their mark. */
  @WorkflowInterface
  public interface Marked {
    @WorkflowMethod
    String run(DeploymentDraft deployment, Notice notice, CardOrder card);
  }

  /** Runs whichever step it is given. */
  public static final class MarkedImpl implements Marked {
    @Override
    public String run(DeploymentDraft deployment, Notice notice, CardOrder card) {
      if (card != null) {
        return Workflow.newActivityStub(NotifyActivities.class, RETRIED).showCard(card);
      }
      if (notice != null) {
        Workflow.newActivityStub(NotifyActivities.class, RETRIED).tell(notice);
        return null;
      }
      return Long.toString(
          Workflow.newActivityStub(GitHubActivities.class, RETRIED).createDeployment(deployment));
    }
  }

  public static long createDeployment(Object activities, DeploymentDraft deployment) {
    return Long.parseLong(run(activities, marked -> marked.run(deployment, null, null)));
  }

  public static void tell(Object activities, Notice notice) {
    run(activities, marked -> marked.run(null, notice, null));
  }

  public static String showCard(Object activities, CardOrder card) {
    return run(activities, marked -> marked.run(null, null, card));
  }

  private static String run(Object activities, Function<Marked, String> step) {
    try (TestWorkflowEnvironment engine = TestWorkflowEnvironment.newInstance()) {
      Worker worker = engine.newWorker("marked");
      worker.registerWorkflowImplementationTypes(MarkedImpl.class);
      worker.registerActivitiesImplementations(activities);
      engine.start();
      return step.apply(
          engine
              .getWorkflowClient()
              .newWorkflowStub(
                  Marked.class, WorkflowOptions.newBuilder().setTaskQueue("marked").build()));
    }
  }
}
