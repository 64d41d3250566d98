package dev.signalbox.starter.cli;

import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Marks a commit as bad. */
@Command(
    name = "quarantine",
    description =
        "Mark a commit as bad: what contains it is refused until its revert is in it. A release"
            + " that proved bad is in quarantine by itself.")
final class QuarantineCommand extends OrderCommand {
  @Option(
      names = "--commit",
      required = true,
      paramLabel = "SHA",
      description = "The commit, 7 to 40 hex digits.")
  String bad;

  QuarantineCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Kind kind() {
    return Kind.QUARANTINE;
  }

  @Override
  String commit() {
    return Targets.commit(bad);
  }
}
