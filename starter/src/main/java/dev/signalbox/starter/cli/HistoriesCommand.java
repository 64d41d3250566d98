package dev.signalbox.starter.cli;

import dev.signalbox.starter.histories.Recorder;
import dev.signalbox.workers.Logs;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** For our own developers: records the histories that every build replays. */
@Command(
    name = "histories",
    hidden = true,
    description =
        "Record one history of each branch of each workflow (for developers of Signalbox).")
final class HistoriesCommand extends SignalboxCommand {
  @Parameters(index = "0", paramLabel = "record", description = "What to do: record.")
  String what;

  @Option(names = "--branch", paramLabel = "NAME", description = "One branch alone.")
  String branch;

  @Option(
      names = "--into",
      paramLabel = "DIR",
      defaultValue = "workflows/src/test/resources/histories",
      description = "Where to write them: ${DEFAULT-VALUE}.")
  Path into;

  HistoriesCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run() {
    Logs.toFile(env(), directory());
    int written = new Recorder(directory().resolve(into), printer()::line).record(branch);
    printer().line(written + " histories written below " + into);
    return written > 0 ? Exit.DONE : Exit.USAGE;
  }
}
