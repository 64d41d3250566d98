package dev.signalbox.starter.cli;

import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import picocli.CommandLine.Command;

/** Takes a freeze back. */
@Command(
    name = "unfreeze",
    description =
        "Lift the freeze that somebody ordered: whoever did, or people of the groups that"
            + " `override` names.")
final class UnfreezeCommand extends OrderCommand {
  UnfreezeCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Kind kind() {
    return Kind.UNFREEZE;
  }
}
