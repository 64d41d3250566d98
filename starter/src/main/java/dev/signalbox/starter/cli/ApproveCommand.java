package dev.signalbox.starter.cli;

import dev.signalbox.workflows.approval.Asks;
import picocli.CommandLine.Command;

/** Says yes. */
@Command(name = "approve", description = "Say yes to what the approval card shows.")
final class ApproveCommand extends VoteCommand {
  ApproveCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  String verdict() {
    return Asks.APPROVE;
  }
}
