package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.health.HealthActivities.Run;
import dev.signalbox.workflows.health.Proof;
import dev.signalbox.workflows.health.Proof.Watched;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** The report's part about what was seen of the services. Pure. */
final class ProofText {
  private static final int MOST_LINES = 80;
  private static final int LONGEST_CELL = 240;

  private final Proof proof;

  ProofText(Proof proof) {
    this.proof = proof;
  }

  /** Empty when nothing was seen. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    if (!proof.services().isEmpty()) {
      text.append("\n#### Proof\n\n| service | by | seen |\n|---|---|---|\n");
      for (Proof.Service service : proof.services()) {
        row(
            text,
            service.service(),
            service.strength().name().toLowerCase(Locale.ROOT),
            service.sentence());
      }
    }
    int taken = proof.samples().stream().mapToInt(Watched::taken).sum();
    if (taken > 0) {
      samples(text, taken);
    }
    return text.toString();
  }

  private void samples(StringBuilder text, int taken) {
    text.append("\n<details><summary>All ").append(taken).append(" samples</summary>\n\n");
    text.append("| step | service | verdict | times | from | to | expected | got |\n");
    text.append("|---|---|---|---|---|---|---|---|\n");
    int left = MOST_LINES;
    for (Watched watched : proof.samples()) {
      List<Run> runs = watched.runs();
      // The last ones decide, so it is the first that have to go.
      int hidden = Math.max(0, runs.size() - left);
      if (hidden > 0 || watched.omitted() > 0) {
        row(text, watched.step(), "", "…", "", "", "", "", "lines left out here: see the result");
      }
      for (Run run : runs.subList(hidden, runs.size())) {
        row(
            text,
            watched.step(),
            run.service(),
            run.reading().name().toLowerCase(Locale.ROOT),
            String.valueOf(run.count()),
            run.from().truncatedTo(ChronoUnit.MILLIS).toString(),
            run.to().truncatedTo(ChronoUnit.MILLIS).toString(),
            run.expected(),
            run.got());
      }
      left = Math.max(0, left - runs.size());
    }
    text.append("\n</details>\n");
  }

  private static void row(StringBuilder text, String... cells) {
    text.append('|');
    for (String cell : cells) {
      text.append(' ').append(PostedText.words(cell, LONGEST_CELL)).append(" |");
    }
    text.append('\n');
  }
}
