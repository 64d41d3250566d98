package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.github.LevelReport;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.Timeline;
import dev.signalbox.workflows.sync.Sync;
import io.temporal.failure.ActivityFailure;

/**
 * Has the source branch brought level once a release is live. It stands in the report; a release
 * stays live whatever becomes of it, and the next one or the command does what could not be done.
 */
final class SyncStep {
  private static final String STEP = "sync";

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
              + "; `signalbox sync "
              + pipeline.environment().name()
              + "` tries again");
    }
  }
}
