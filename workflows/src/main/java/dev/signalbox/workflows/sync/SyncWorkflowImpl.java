package dev.signalbox.workflows.sync;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.github.LevelReport;
import io.temporal.activity.ActivityOptions;
import java.time.Duration;

/** The policy says which branches; one guarded step does it. */
public final class SyncWorkflowImpl implements SyncWorkflow {
  /** A person waits: what does not answer by then is told as not reached. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(7);

  @Override
  public LevelReport run(SyncRequest request) {
    ActivityOptions bounded =
        ActivityProfiles.quick(
            new TaskQueues(request.project()).github(),
            "bring the source level",
            request.patience() == null ? ANSWER_WITHIN : request.patience());
    return new Sync(new Preflight(request.project(), request.environment(), null).readPolicy())
        .carryOut(bounded);
  }
}
