package dev.signalbox.workflows.environment;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** Asks the engine about other runs: workflow code cannot describe them. */
@ActivityInterface(namePrefix = "Ledger")
public interface LedgerActivities {

  /** Which of these workflows are closed or unknown to the engine. */
  @ActivityMethod
  ClosedRuns closed(RunsQuery query);

  record RunsQuery(String project, List<RunKey> runs) {
    public RunsQuery {
      runs = runs == null ? List.of() : List.copyOf(runs);
    }
  }

  /**
   * @param runId null = the current run
   */
  record RunKey(String workflowId, String runId) {}

  record ClosedRuns(List<RunKey> closed) {
    public ClosedRuns {
      closed = closed == null ? List.of() : List.copyOf(closed);
    }
  }
}
