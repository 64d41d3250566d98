package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.effect.Backoff;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * A run's line to its environment's ledger. A ledger that is not there (it was terminated, its
 * worker has not started it yet) is waited for: what a run has to say must not get lost.
 */
public final class LedgerLine {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private final String ledgerId;

  public LedgerLine(String project, String environment) {
    this.ledgerId = EnvironmentWorkflow.id(project, environment);
  }

  /** Sends one signal; returns when the ledger has it. */
  public void say(Consumer<EnvironmentWorkflow> signal) {
    Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    while (!delivered(signal)) {
      Workflow.sleep(backoff.next());
    }
  }

  /**
   * Says that this run, which belongs to no promotion, has ended.
   *
   * @param lease its number
   * @param what it did, in a word
   */
  public void ended(long lease, String requester, String what, DeployResult result) {
    ended(lease, requester, what, null, result);
  }

  /**
   * The same of a run for which somebody gave a reason.
   *
   * @param reason null = none was given
   */
  public void ended(long lease, String requester, String what, String reason, DeployResult result) {
    RunReport report =
        new RunReport(
            Workflow.getInfo().getWorkflowId(),
            Workflow.getInfo().getFirstExecutionRunId(),
            lease,
            result.revision(),
            result.result(),
            requester,
            what + ": " + result.detail() + (reason == null ? "" : "; reason: " + reason),
            result.former(),
            result.live(),
            result.mixed(),
            false,
            false,
            Instant.ofEpochMilli(Workflow.currentTimeMillis()),
            result.schema());
    say(line -> line.runEnded(report));
  }

  private boolean delivered(Consumer<EnvironmentWorkflow> signal) {
    try {
      signal.accept(
          Workflow.newExternalWorkflowStub(
              EnvironmentWorkflow.class,
              WorkflowExecution.newBuilder().setWorkflowId(ledgerId).build()));
      return true;
    } catch (SignalExternalWorkflowException | ApplicationFailure absent) {
      Workflow.getLogger(LedgerLine.class)
          .warn("ledger not reached, trying again ledger={}", ledgerId);
      return false;
    }
  }
}
