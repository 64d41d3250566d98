package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.LedgerActivities.RunQuery;
import dev.signalbox.workflows.environment.LedgerState.Untold;
import dev.signalbox.workflows.github.EndOfRun;
import dev.signalbox.workflows.github.EndOfRun.MadeBranch;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Says what runs could not say themselves, because they were terminated: to the history what people
 * decided in them, and to GitHub how promotions ended, whose commit would stay pending there for
 * ever. What a page did not finish the next one begins again; every word is marked or guarded, so
 * that twice is once.
 */
final class Epilogue {
  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final int MOST_TRIES = 144;

  private final Ledger ledger;
  private final RequestReading reading;
  private final TaskQueues queues;
  private final Set<String> begun = new HashSet<>();
  private final Set<String> heard = new HashSet<>();

  Epilogue(Ledger ledger, TaskQueues queues) {
    this.ledger = ledger;
    this.reading = new RequestReading(ledger, queues);
    this.queues = queues;
  }

  boolean hasNews() {
    return ledger.untold().all().stream().anyMatch(run -> !begun.contains(run.runId()));
  }

  /** Begins on the side with what nobody has begun. */
  void begin() {
    for (Untold run : ledger.untold().all()) {
      if (begun.add(run.runId())) {
        Async.procedure(() -> tell(run));
      }
    }
  }

  /** Whether GitHub is yet to be told of an earlier run of this id. */
  boolean owes(String workflowId) {
    return ledger.untold().all().stream().anyMatch(run -> run.workflowId().equals(workflowId));
  }

  private void tell(Untold run) {
    int tries = 1;
    while (!told(run) && tries++ < MOST_TRIES) {
      Workflow.sleep(PAUSE);
    }
    ledger.untold().told(run.runId());
  }

  private boolean told(Untold run) {
    try {
      if (heard.add(run.runId())) {
        hear(run);
      }
      if (Starts.byHand(ledger.project(), ledger.environment()).contains(run.workflowId())) {
        // It has nothing there.
        return true;
      }
      Pipeline pipeline = reading.policy();
      MadeBranch branch = pipeline.source() == null ? null : madeBranch(run);
      Workflow.newActivityStub(
              GitHubActivities.class,
              ActivityProfiles.optional(queues.github(), "tell the end of a terminated run"))
          .tellEnd(
              new EndOfRun(
                  ledger.project(),
                  pipeline.project().github(),
                  ledger.environment(),
                  run.workflowId(),
                  run.runId(),
                  run.revision(),
                  pipeline.source() == null ? null : pipeline.sourceBranch(),
                  pipeline.environment().branch(),
                  run.result() == Result.LIVE,
                  // A new run of the same commit has its own word there.
                  ledger.openRun(run.workflowId()).isEmpty(),
                  run.detail(),
                  branch));
      return true;
    } catch (ActivityFailure | ApplicationFailure away) {
      Workflow.getLogger(Epilogue.class)
          .warn("end not told at GitHub workflow={}", run.workflowId());
      return false;
    }
  }

  private void hear(Untold run) {
    try {
      aboutRuns("what was decided in it?")
          .decisions(new RunQuery(ledger.project(), run.workflowId(), run.runId()))
          .decisions()
          .forEach(ledger.decisions()::enter);
    } catch (ActivityFailure unknown) {
      heard.remove(run.runId());
      throw unknown;
    }
  }

  private MadeBranch madeBranch(Untold run) {
    return aboutRuns("which branch did it make?")
        .madeBranch(new RunQuery(ledger.project(), run.workflowId(), run.runId()));
  }

  private LedgerActivities aboutRuns(String summary) {
    return Workflow.newActivityStub(
        LedgerActivities.class, ActivityProfiles.optional(queues.workflows(), summary));
  }
}
