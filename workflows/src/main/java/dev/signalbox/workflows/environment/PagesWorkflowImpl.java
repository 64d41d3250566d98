package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.LedgerArchive.PagesQuery;
import dev.signalbox.workflows.environment.LedgerArchive.PagesReading;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** One read. */
public final class PagesWorkflowImpl implements PagesWorkflow {
  /** A person waits. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(7);

  @Override
  public PagesReading run(PagesQuery query) {
    return Workflow.newActivityStub(
            LedgerArchive.class,
            ActivityProfiles.quick(
                new TaskQueues(query.project()).workflows(), "earlier history", ANSWER_WITHIN))
        .read(query);
  }
}
