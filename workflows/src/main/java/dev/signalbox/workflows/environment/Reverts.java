package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.RevertOrder;
import dev.signalbox.workflows.github.RevertPull;
import dev.signalbox.workflows.github.RevertPull.Owed;
import dev.signalbox.workflows.policy.Pipeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Opens the revert pull requests that runs have left behind, because they were terminated or GitHub
 * was away. What a page did not finish the next one begins again: they are found by the run's ids.
 */
final class Reverts {
  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final int MOST_TRIES = 144;

  private final Ledger ledger;
  private final RequestReading reading;
  private final TaskQueues queues;
  private final Set<String> begun = new HashSet<>();

  Reverts(Ledger ledger, TaskQueues queues) {
    this.ledger = ledger;
    this.reading = new RequestReading(ledger, queues);
    this.queues = queues;
  }

  boolean hasNews() {
    return ledger.quarantine().owing().stream().anyMatch(bad -> !begun.contains(runOf(bad)));
  }

  /** Begins on the side with what nobody has begun. */
  void begin() {
    for (Quarantined bad : ledger.quarantine().owing()) {
      if (begun.add(runOf(bad))) {
        Async.procedure(() -> takeBack(bad));
      }
    }
  }

  private static String runOf(Quarantined bad) {
    return bad.revert().owed().runId();
  }

  private void takeBack(Quarantined bad) {
    for (int tries = 1; tries <= MOST_TRIES; tries++) {
      try {
        ledger.quarantine().takenBack(bad.revision(), opened(bad));
        return;
      } catch (ActivityFailure | ApplicationFailure away) {
        Workflow.getLogger(Reverts.class).warn("revert not opened revision={}", bad.revision());
        Workflow.sleep(PAUSE);
      }
    }
    ledger
        .quarantine()
        .takenBack(
            bad.revision(),
            RevertPull.byHand(
                "no revert pull request: GitHub took none for a day; by hand: `git revert "
                    + bad.revision()
                    + "`"));
  }

  /** Null where the policy wants none. */
  private RevertPull opened(Quarantined bad) {
    Pipeline pipeline = reading.policy();
    if (!pipeline.environment().reverts()) {
      return null;
    }
    Owed owed = bad.revert().owed();
    return Workflow.newActivityStub(
            GitHubActivities.class,
            ActivityProfiles.optional(queues.github(), "open the revert pull request"))
        .openRevert(
            new RevertOrder(
                ledger.project(),
                pipeline.project().github(),
                ledger.environment(),
                pipeline.revertBranch(),
                bad.revision(),
                owed.base(),
                owed.workflowId(),
                owed.runId()));
  }
}
