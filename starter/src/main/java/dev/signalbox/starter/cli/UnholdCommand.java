package dev.signalbox.starter.cli;

import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import picocli.CommandLine.Command;

/** Takes a hold back. */
@Command(name = "unhold", description = "Let promotions start by themselves again.")
final class UnholdCommand extends OrderCommand {
  UnholdCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Kind kind() {
    return Kind.UNHOLD;
  }
}
