package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.AncestryQuery;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which waiting promotions a new one takes the place of: those whose commit is an ancestor of its
 * own, and those of a branch that is not at their commit any more. Whatever is newer, on another
 * line, or not known keeps its place, and the new one queues: an older commit never goes over a
 * newer one.
 */
final class Succession {
  private final TaskQueues queues;
  private final Pipeline pipeline;
  private final String revision;
  private final Duration within;
  private final Set<String> older = new HashSet<>();

  /**
   * @param within how long GitHub may take to compare the commits
   */
  Succession(TaskQueues queues, Pipeline pipeline, String revision, Duration within) {
    this.queues = queues;
    this.pipeline = pipeline;
    this.revision = revision;
    this.within = within;
  }

  /**
   * Asks GitHub about everyone who waits, all at once.
   *
   * @param left whether a run began with what stood at the branch where the new one's commit stands
   *     now; also a force push leaves that behind
   */
  void compareWith(List<OpenRun> waiting, Predicate<OpenRun> left) {
    List<Promise<Void>> comparisons = new ArrayList<>();
    for (OpenRun run : waiting) {
      if (left.test(run)) {
        older.add(run.runId());
      } else {
        comparisons.add(Async.procedure(() -> compareWith(run)));
      }
    }
    Promise.allOf(comparisons).get();
  }

  private void compareWith(OpenRun run) {
    ActivityOptions options = ActivityProfiles.quick(queues.github(), "which is newer?", within);
    AncestryQuery query =
        new AncestryQuery(
            pipeline.project().name(), pipeline.project().github(), run.revision(), revision);
    try {
      if (Workflow.newActivityStub(GitHubActivities.class, options).isAncestor(query)) {
        older.add(run.runId());
      }
    } catch (ActivityFailure unknown) {
      Workflow.getLogger(Succession.class)
          .info("not compared, so not superseded workflow={}", run.workflowId());
    }
  }

  boolean supersedes(OpenRun run) {
    return older.contains(run.runId());
  }

  /** Tells a waiting promotion that the one with the id {@code by} takes its place. */
  static void tell(OpenRun run, String by) {
    try {
      Workflow.newExternalWorkflowStub(
              PromotionWorkflow.class,
              WorkflowExecution.newBuilder().setWorkflowId(run.workflowId()).build())
          .superseded(by);
    } catch (SignalExternalWorkflowException | ApplicationFailure closed) {
      Workflow.getLogger(Succession.class)
          .info("superseded run is closed workflow={}", run.workflowId());
    }
  }
}
