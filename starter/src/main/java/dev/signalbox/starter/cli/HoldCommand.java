package dev.signalbox.starter.cli;

import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import picocli.CommandLine.Command;

/** Nothing is promoted by itself. */
@Command(
    name = "hold",
    description =
        "Promote nothing by itself until somebody promotes by hand. Every rollback sets it.")
final class HoldCommand extends OrderCommand {
  HoldCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Kind kind() {
    return Kind.HOLD;
  }
}
