package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.environment.LedgerState.Untold;
import java.util.ArrayList;
import java.util.List;

/** Runs that closed without a word and whose end nobody has told at GitHub, oldest first. */
final class UntoldRuns {
  private static final int MOST = 50;

  private final List<Untold> runs;

  UntoldRuns(List<Untold> runs) {
    this.runs = new ArrayList<>(runs);
  }

  void add(RunReport report) {
    runs.add(
        new Untold(
            report.workflowId(),
            report.runId(),
            report.revision(),
            report.result(),
            Ledger.clip(report.detail())));
    Ledger.trim(runs, MOST);
  }

  void told(String runId) {
    runs.removeIf(run -> run.runId().equals(runId));
  }

  List<Untold> all() {
    return List.copyOf(runs);
  }
}
