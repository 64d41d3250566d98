package dev.signalbox.starter.cli;

import dev.signalbox.workflows.environment.LedgerStatus;
import java.util.Optional;

/** Whether a ledger comes to the end of its room, because no archive takes its older entries. */
final class LedgerRoom {
  private static final int WARN_FROM = 800;

  private LedgerRoom() {}

  static Optional<String> warning(LedgerStatus ledger) {
    int entries = ledger.history().size();
    if (entries < WARN_FROM) {
      return Optional.empty();
    }
    boolean lost = ledger.sealed() != null && ledger.sealed().lost() > 0;
    String why =
        ledger.sealed() == null || ledger.sealed().trouble() == null
            ? "no archive takes older ones"
            : ledger.sealed().trouble();
    return Optional.of(
        "history: "
            + entries
            + " of "
            + LedgerStatus.MOST_ENTRIES
            + " entries that the ledger can hold ("
            + why
            + "); "
            + (lost
                ? ledger.sealed().lost() + " older ones are lost already"
                : "the oldest are lost from there on"));
  }
}
