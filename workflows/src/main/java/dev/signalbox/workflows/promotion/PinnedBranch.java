package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.Asides;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.BranchDraft;
import dev.signalbox.workflows.policy.Pipeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A branch of the promotion's own, at the promoted commit: the source branch may move on while
 * people look at what they approve.
 */
final class PinnedBranch {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

  private BranchDraft made;

  /** Makes it, and says its name; the source branch where the policy wants none. */
  String head(Pipeline pipeline, String commit) {
    String template = pipeline.environment().head();
    if (template == null) {
      return pipeline.sourceBranch();
    }
    // The first name stays, whatever the time is when a failed attempt is followed by another.
    if (made == null) {
      made = draft(pipeline, template, commit);
    }
    try {
      Workflow.newActivityStub(
              GitHubActivities.class,
              ActivityProfiles.quick(
                  new TaskQueues(pipeline.project().name()).github(), "make branch " + made.name()))
          .createBranch(made);
      return made.name();
    } catch (ActivityFailure failure) {
      if (refused(failure)) {
        // Somebody else's, or never made: it is not ours to remove.
        made = null;
      }
      throw failure;
    }
  }

  private static BranchDraft draft(Pipeline pipeline, String template, String commit) {
    String time = TIMESTAMP.format(Instant.ofEpochMilli(Workflow.currentTimeMillis()));
    return new BranchDraft(
        pipeline.project().name(),
        pipeline.project().github(),
        template
            .replace("{environment}", pipeline.environment().name())
            .replace("{timestamp}", time),
        commit);
  }

  private static boolean refused(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure said
        && FailureType.REJECTED.wireName().equals(said.getType());
  }

  /** Whether it is there, or may be: an answer that was lost leaves one as well. */
  boolean made() {
    return made != null;
  }

  /** Removes it; GitHub then closes a pull request that was not merged. */
  void remove() {
    new Asides<>(GitHubActivities.class, new TaskQueues(made.project()).github())
        .say("remove branch " + made.name(), github -> github.deleteBranch(made));
  }
}
