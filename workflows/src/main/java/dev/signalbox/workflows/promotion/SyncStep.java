package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.github.LevelReport;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.Timeline;
import dev.signalbox.workflows.sync.Sync;
import dev.signalbox.workflows.sync.SyncRequest;
import dev.signalbox.workflows.sync.SyncWorkflow;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * Has the source branch brought level once a release is live. It stands in the report; a release
 * stays live whatever becomes of it, and the next one or the command does what could not be done.
 */
final class SyncStep {
  private static final String STEP = "sync";

  /** By then a person looks, or the next release has done it. */
  private static final Duration GOES_ON = Duration.ofHours(12);

  private final Preflight preflight;
  private final Timeline timeline;

  SyncStep(Preflight preflight, Timeline timeline) {
    this.preflight = preflight;
    this.timeline = timeline;
  }

  void carryOut() {
    Pipeline pipeline = preflight.pipeline();
    if (!pipeline.environment().syncs()) {
      return;
    }
    timeline.begin(STEP);
    try {
      LevelReport report =
          new Sync(pipeline)
              .carryOut(
                  ActivityProfiles.optional(
                      new TaskQueues(pipeline.project().name()).github(),
                      "bring the source level"));
      if (report.outcome() == LevelReport.Outcome.REFUSED) {
        timeline.failed(STEP, null, report.words());
      } else {
        // An address alone stays one in what is posted.
        timeline.done(STEP, report.pull() == null ? report.words() : report.pull());
      }
    } catch (ActivityFailure failure) {
      timeline.failed(
          STEP,
          null,
          "not brought level: "
              + Causes.message(failure)
              + (forGood(failure) ? "" : "; " + later(pipeline))
              + "; `signalbox sync "
              + pipeline.environment().name()
              + "` tries at once");
    }
  }

  private static boolean forGood(ActivityFailure failure) {
    FailureType type =
        failure.getCause() instanceof ApplicationFailure said
            ? FailureType.of(said.getType())
            : null;
    return type != null && type.forGood();
  }

  /**
   * Has a run of its own go on, without the lease. One of an earlier release that is still at it
   * brings level what this release made too: it reads both branches as they are by then.
   *
   * @return what is said of it
   */
  private static String later(Pipeline pipeline) {
    String project = pipeline.project().name();
    String environment = pipeline.environment().name();
    String id = SyncWorkflow.laterId(project, environment);
    SyncWorkflow later =
        Workflow.newChildWorkflowStub(
            SyncWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(new TaskQueues(project).workflows())
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                .build());
    var unused = Async.function(later::run, new SyncRequest(project, environment, GOES_ON));
    try {
      Workflow.getWorkflowExecution(later).get();
    } catch (ChildWorkflowFailure already) {
      return id + " is at it since an earlier release";
    }
    return id + " goes on with it for " + GOES_ON.toHours() + " hours";
  }
}
