package dev.signalbox.workflows.environment;

import java.util.ArrayList;
import java.util.List;

/**
 * Enters what people decided in runs: each once, whoever tells it and however often. A run tells it
 * itself; of one that was closed from outside the engine has what did not arrive any more.
 */
final class DecisionBook {
  private static final int MOST_KNOWN = 500;

  private final Chronicle history;
  private final List<String> known;

  /**
   * @param known keys of the newest that were entered, oldest first
   */
  DecisionBook(Chronicle history, List<String> known) {
    this.history = history;
    this.known = new ArrayList<>(known);
  }

  void enter(RunDecision told) {
    if (!known.contains(told.key())) {
      known.add(told.key());
      Ledger.trim(known, MOST_KNOWN);
      history.write(HistoryEntry.of(told));
    }
  }

  List<String> known() {
    return List.copyOf(known);
  }
}
