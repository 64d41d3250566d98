package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.environment.LedgerArchive.PagesQuery;
import dev.signalbox.workflows.environment.LedgerArchive.PagesReading;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.AuditHeadQuery;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** One read. */
public final class PagesWorkflowImpl implements PagesWorkflow {
  /** A person waits. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(7);

  @Override
  public PagesReading run(PagesQuery query) {
    return query.repository() == null ? pages(query) : kept(query);
  }

  private static PagesReading pages(PagesQuery query) {
    return Workflow.newActivityStub(
            LedgerArchive.class,
            ActivityProfiles.quick(
                new TaskQueues(query.project()).workflows(), "earlier history", ANSWER_WITHIN))
        .read(query);
  }

  private static PagesReading kept(PagesQuery query) {
    try {
      String hash =
          Workflow.newActivityStub(
                  GitHubActivities.class,
                  ActivityProfiles.quick(
                      new TaskQueues(query.project()).github(), "the hash kept", ANSWER_WITHIN))
              .readAuditHead(
                  new AuditHeadQuery(query.project(), query.repository(), query.environment()));
      return new PagesReading(null, null, null, hash, null);
    } catch (ActivityFailure silent) {
      return new PagesReading(null, null, null, null, Causes.message(silent));
    }
  }
}
