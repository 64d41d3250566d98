package dev.signalbox.starter.cli;

import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets a commit out again. */
@Command(
    name = "unquarantine",
    description =
        "Let a commit out of quarantine: whoever put it there, or people of the groups that"
            + " `override` names.")
final class UnquarantineCommand extends OrderCommand {
  @Option(
      names = "--commit",
      required = true,
      paramLabel = "SHA",
      description = "The commit, 7 to 40 hex digits.")
  String bad;

  UnquarantineCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Kind kind() {
    return Kind.UNQUARANTINE;
  }

  @Override
  String commit() {
    return Targets.commit(bad);
  }
}
