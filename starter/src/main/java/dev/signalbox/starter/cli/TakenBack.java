package dev.signalbox.starter.cli;

import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.List;
import java.util.Optional;

/** What became of a commit that a run of ours had made live and that is live no more. */
final class TakenBack {
  private TakenBack() {}

  /**
   * By the first run after it that made something else live.
   *
   * @param commit its first hex digits
   */
  static Optional<String> sentence(LedgerStatus ledger, String commit) {
    List<HistoryEntry> history = ledger.runs();
    int last = -1;
    for (int at = 0; at < history.size(); at++) {
      if (madeLive(history.get(at)) && isOf(commit, history.get(at))) {
        last = at;
      }
    }
    return last < 0
        ? Optional.empty()
        : history.stream()
            .skip(last + 1L)
            .filter(TakenBack::madeLive)
            .findFirst()
            .map(TakenBack::sentence);
  }

  private static boolean madeLive(HistoryEntry entry) {
    return entry.result() == Result.LIVE && entry.revision() != null;
  }

  private static boolean isOf(String commit, HistoryEntry entry) {
    return entry.revision().startsWith(commit);
  }

  private static String sentence(HistoryEntry by) {
    return "it was live until "
        + by.id()
        + " made "
        + ShortCommit.of(by.revision())
        + " live, "
        + Moments.text(by.at())
        + (by.requester() == null ? "" : " by " + by.requester())
        + (by.detail() == null ? "" : ": " + by.detail());
  }
}
