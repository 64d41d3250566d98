package dev.signalbox.starter.cli;

import dev.signalbox.workflows.backup.BackupRound;
import dev.signalbox.workflows.release.Moments;

/** How a scheduled backup ended, in one line. */
final class RoundText {
  private RoundText() {}

  static String of(BackupRound round) {
    String words =
        switch (round.outcome()) {
          case TAKEN -> "taken, " + round.good();
          case SKIPPED -> "skipped: " + round.detail();
          case FAILED -> "FAILED: " + round.detail();
        };
    return "due "
        + Moments.text(round.due())
        + " "
        + words
        + failing(round)
        + (round.missed() == 0
            ? ""
            : "; before it "
                + round.missed()
                + (round.missed() == 1 ? " time was" : " times were")
                + " missed");
  }

  private static String failing(BackupRound round) {
    if (round.failingSince() == null) {
      return "";
    }
    return (round.failingSince().equals(round.due())
            ? ""
            : "; failing since " + Moments.text(round.failingSince()))
        + (round.good() == null
            ? "; none was taken by the clock so far"
            : "; the newest good one is " + round.good());
  }
}
