package dev.signalbox.starter.cli;

import dev.signalbox.workflows.preview.PreviewOrder;
import java.time.Instant;
import picocli.CommandLine.Command;

/** Takes the environment of a pull request away. */
@Command(
    name = "destroy",
    description =
        "Remove the environment of the pull request with everything in it, and read back that it"
            + " is gone. Only what carries Signalbox's mark is touched.")
final class PreviewDestroyCommand extends PreviewOrderCommand {
  PreviewDestroyCommand(Surroundings surroundings) {
    super(surroundings, PreviewOrder.Kind.DESTROY);
  }

  @Override
  int await(PreviewFollowing following, Instant deadline) {
    return following.untilGone(deadline);
  }
}
