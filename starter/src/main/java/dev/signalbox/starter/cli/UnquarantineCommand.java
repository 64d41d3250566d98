package dev.signalbox.starter.cli;

import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets a commit out again. */
@Command(
    name = "unquarantine",
    description =
        "Let a commit out of quarantine, or say which later commit mends it. One that proved bad:"
            + " who may approve there; else who put it there; and people of the groups that"
            + " `override` names.")
final class UnquarantineCommand extends OrderCommand {
  @Option(
      names = "--commit",
      required = true,
      paramLabel = "SHA",
      description = "The commit, 7 to 40 hex digits.")
  String bad;

  @Option(
      names = "--mended",
      paramLabel = "COMMIT",
      description =
          "The later commit that mends it, 7 to 40 hex digits: what contains both may be promoted,"
              + " all else stays refused.")
  String mending;

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

  @Override
  String mended() {
    return mending == null ? null : Targets.commit(mending);
  }
}
