package dev.signalbox.workflows.sync;

import dev.signalbox.workflows.github.LevelOrder;
import dev.signalbox.workflows.github.LevelReport;
import dev.signalbox.workflows.github.SyncActivities;
import dev.signalbox.workflows.policy.Pipeline;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;

/** The one step by which a promotion's end and a person's command bring a source level. */
public record Sync(Pipeline pipeline) {

  /** Brings it level, or says what a person is to do. */
  public LevelReport carryOut(ActivityOptions options) {
    return Workflow.newActivityStub(SyncActivities.class, options)
        .bringLevel(
            new LevelOrder(
                pipeline.project().name(),
                pipeline.project().github(),
                pipeline.environment().name(),
                pipeline.environment().branch(),
                pipeline.source().name(),
                pipeline.sourceBranch()));
  }
}
