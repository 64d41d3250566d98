package dev.signalbox.activities;

import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.DeploymentDraft;
import dev.signalbox.workflows.notify.NotifyActivities;
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
          .setStartToCloseTimeout(Duration.ofSeconds(30))
          .setRetryOptions(
              RetryOptions.newBuilder().setInitialInterval(Duration.ofMillis(10)).build())
          .build();

  private SecondAttempt() {}

  /** The steps that look for their mark. */
  @WorkflowInterface
  public interface Marked {
    @WorkflowMethod
    long run(DeploymentDraft deployment, Notice notice);
  }

  /** Runs whichever step it is given. */
  public static final class MarkedImpl implements Marked {
    @Override
    public long run(DeploymentDraft deployment, Notice notice) {
      if (notice != null) {
        Workflow.newActivityStub(NotifyActivities.class, RETRIED).tell(notice);
        return 0;
      }
      return Workflow.newActivityStub(GitHubActivities.class, RETRIED).createDeployment(deployment);
    }
  }

  public static long createDeployment(Object activities, DeploymentDraft deployment) {
    return run(activities, marked -> marked.run(deployment, null));
  }

  public static void tell(Object activities, Notice notice) {
    run(activities, marked -> marked.run(null, notice));
  }

  private static long run(Object activities, Function<Marked, Long> step) {
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
