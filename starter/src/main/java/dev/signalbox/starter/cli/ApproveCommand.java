package dev.signalbox.starter.cli;

import dev.signalbox.workflows.approval.Asks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says yes. */
@Command(name = "approve", description = "Say yes to what the approval card shows.")
final class ApproveCommand extends VoteCommand {
  @Option(
      names = "--withdraw",
      description = "Take your yes back instead; possible until enough people said yes.")
  boolean withdraw;

  ApproveCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  String verdict() {
    return withdraw ? Asks.WITHDRAW : Asks.APPROVE;
  }
}
