package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import java.util.ArrayList;
import java.util.List;

/**
 * Promotions that are live and wait for what comes after the soak, an approval of its own first.
 * They hold nothing and stand in nobody's way; whatever else is made live takes their step over.
 */
final class Afterwards {
  private static final int MOST = 50;

  private final List<OpenRun> runs;
  private final List<Overtaken> overtaken = new ArrayList<>();

  /**
   * @param by workflow id of the run that made something else live
   */
  record Overtaken(OpenRun run, String by) {}

  Afterwards(List<OpenRun> runs) {
    this.runs = new ArrayList<>(runs);
  }

  List<OpenRun> runs() {
    return List.copyOf(runs);
  }

  void add(OpenRun run) {
    runs.add(run);
    Ledger.trim(runs, MOST);
  }

  boolean has(String runId) {
    return runs.stream().anyMatch(run -> run.runId().equals(runId));
  }

  void remove(String runId) {
    runs.removeIf(run -> run.runId().equals(runId));
  }

  /** A run has made something live: whoever waits with another revision waits for nothing more. */
  void liveBy(RunReport report) {
    for (OpenRun run : runs) {
      if (report.live() != null && !run.revision().equals(report.live().revision())) {
        overtaken.add(new Overtaken(run, report.workflowId()));
      }
    }
  }

  boolean hasNews() {
    return !overtaken.isEmpty();
  }

  /** Tells each, once. */
  void tell() {
    while (!overtaken.isEmpty()) {
      Overtaken next = overtaken.remove(0);
      Succession.tell(next.run(), next.by());
    }
  }
}
