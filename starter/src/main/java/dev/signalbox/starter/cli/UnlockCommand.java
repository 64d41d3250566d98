package dev.signalbox.starter.cli;

import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import picocli.CommandLine.Command;

/** Gives a lock back. */
@Command(
    name = "unlock",
    description = "Give the lock back, or wait for it no more; who is next gets it.")
final class UnlockCommand extends OrderCommand {
  UnlockCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Kind kind() {
    return Kind.UNLOCK;
  }
}
