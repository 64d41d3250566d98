package dev.signalbox.starter.cli;

import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import picocli.CommandLine.Command;

/** Compares what there is with what there should be; not yet. */
@Command(
    name = "sweep",
    description = "Not built yet: compare the environments with the open pull requests.")
final class PreviewSweepCommand extends SignalboxCommand {
  PreviewSweepCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run() {
    throw new TroubleException(
        Trouble.usage(
            "Sweeping the previews",
            "signalbox preview sweep",
            "it is not built yet",
            "`signalbox preview list` shows what there is; destroy removes one."));
  }
}
