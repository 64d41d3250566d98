package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.RevertOrder;
import dev.signalbox.workflows.github.RevertPull;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * Has a release that proved bad taken back on the branch that it came from, by a pull request. It
 * stands in the report, so people are told a moment later; GitHub is not waited for any longer than
 * that, and then the ledger goes on trying.
 */
final class RevertStep {
  private static final String STEP = "revert";
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Preflight preflight;
  private final Timeline timeline;
  private RevertPull pull;

  RevertStep(Preflight preflight, Timeline timeline) {
    this.preflight = preflight;
    this.timeline = timeline;
  }

  /** What became of it; null = nothing was to be taken back. */
  RevertPull pull() {
    return pull;
  }

  void carryOut(Ending ending) {
    if (!wanted(ending)) {
      return;
    }
    timeline.begin(STEP);
    pull = opened(before(ending.deploy()));
    if (pull.url() == null) {
      timeline.failed(STEP, null, pull.words());
    } else {
      timeline.done(STEP, pull.url());
    }
  }

  private boolean wanted(Ending ending) {
    return ending.deploy() != null
        && ending.deploy().quarantine()
        && preflight.pipeline().environment().reverts();
  }

  /** What runs again, or still; null = not known. */
  private String before(DeployResult deploy) {
    if (deploy.wentBack()) {
      return deploy.live().revision();
    }
    return deploy.former() == null ? preflight.release().base() : deploy.former().revision();
  }

  private RevertPull opened(String base) {
    Pipeline pipeline = preflight.pipeline();
    String workflowId = Workflow.getInfo().getWorkflowId();
    String runId = Workflow.getInfo().getFirstExecutionRunId();
    try {
      return Workflow.newActivityStub(
              GitHubActivities.class,
              ActivityProfiles.quick(
                  new TaskQueues(pipeline.project().name()).github(),
                  "open the revert pull request",
                  LONGEST))
          .openRevert(
              new RevertOrder(
                  pipeline.project().name(),
                  pipeline.project().github(),
                  pipeline.environment().name(),
                  pipeline.revertBranch(),
                  preflight.release().revision(),
                  base,
                  workflowId,
                  runId));
    } catch (ActivityFailure failure) {
      return RevertPull.owed(
          "no revert pull request yet: "
              + Causes.message(failure)
              + "; it is tried again for a day, `signalbox status` shows it",
          workflowId,
          runId,
          base);
    }
  }
}
