package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.environment.LedgerActivities.ToldDecision;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;

/**
 * A run's line to the ledger for what people decide in it. It is said on the side in the moment in
 * which it is decided, before anything follows from it: a run that is terminated afterwards has
 * said it. The ledger knows a decision that it has been told already.
 *
 * <p>Said by a local activity, which is one event instead of five. Where that does not reach the
 * ledger the engine keeps a signal for it, which the run repeats.
 */
public final class DecisionLine {
  private final String project;
  private final String environment;
  private final String workflowId;
  private final String runId;
  private int underWay;

  /**
   * Of a run of its own.
   *
   * @param environment null = one without a ledger, as a preview: nobody is told
   */
  public DecisionLine(String project, String environment) {
    this(
        project,
        environment,
        Workflow.getInfo().getWorkflowId(),
        Workflow.getInfo().getFirstExecutionRunId());
  }

  /**
   * Of a part of another run, to which people answer as well.
   *
   * @param runId its first run id
   */
  public DecisionLine(String project, String environment, String workflowId, String runId) {
    this.project = project;
    this.environment = environment;
    this.workflowId = workflowId;
    this.runId = runId;
  }

  /** Says it, and returns at once. Whoever cancels the run does not keep it from being said. */
  public void tell(Decision decision) {
    if (environment == null) {
      return;
    }
    RunDecision told = RunDecision.of(workflowId, runId, decision);
    underWay++;
    Workflow.newDetachedCancellationScope(() -> Async.procedure(this::say, told)).run();
  }

  private void say(RunDecision told) {
    try {
      Workflow.newLocalActivityStub(LedgerActivities.class, ActivityProfiles.aside())
          .tell(new ToldDecision(project, environment, told));
    } catch (ActivityFailure notReached) {
      new LedgerLine(project, environment).say(line -> line.decided(told));
    } finally {
      underWay--;
    }
  }

  /** Whether the ledger has all that was said: before that a run must not end. */
  public boolean quiet() {
    return underWay == 0;
  }
}
