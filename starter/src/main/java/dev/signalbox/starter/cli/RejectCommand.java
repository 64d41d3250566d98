package dev.signalbox.starter.cli;

import dev.signalbox.workflows.approval.Asks;
import picocli.CommandLine.Command;

/** Says no. */
@Command(name = "reject", description = "Say no to what the approval card shows.")
final class RejectCommand extends VoteCommand {
  RejectCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  String verdict() {
    return Asks.REJECT;
  }
}
