package dev.signalbox.starter.cli;

import dev.signalbox.workflows.preview.PreviewOrder;
import java.time.Instant;
import picocli.CommandLine.Command;

/** Makes the environment of a pull request. */
@Command(
    name = "create",
    description =
        "Make an environment for the pull request, at its newest commit; tries again what failed."
            + " With --wait prints its address alone.")
final class PreviewCreateCommand extends PreviewOrderCommand {
  PreviewCreateCommand(Surroundings surroundings) {
    super(surroundings, PreviewOrder.Kind.CREATE);
  }

  @Override
  int await(PreviewFollowing following, Instant deadline) {
    return following.untilReady(deadline);
  }
}
