package dev.signalbox.starter.cli;

import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.preview.PreviewOrder;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the environment of a pull request. */
@Command(
    name = "create",
    description =
        "Make an environment for the pull request, at its newest commit; tries again what failed."
            + " With --wait prints its address alone. Of a fork it is a consent to the commit.")
final class PreviewCreateCommand extends PreviewOrderCommand {
  @Option(
      names = "--commit",
      paramLabel = "SHA",
      description = "Refuse where this is not the newest commit; 40 hex digits.")
  String commit;

  PreviewCreateCommand(Surroundings surroundings) {
    super(surroundings, PreviewOrder.Kind.CREATE);
  }

  @Override
  void check(PipelineFile pipelines) {
    super.check(pipelines);
    if (commit != null && !commit.matches("[0-9a-f]{40}")) {
      throw new TroubleException(
          Trouble.usage(
              "Reading --commit",
              commit,
              "it is no commit",
              "Name all of its 40 hex digits: of fewer, another commit may have the same."));
    }
  }

  @Override
  String commit() {
    return commit;
  }

  @Override
  int await(PreviewFollowing following, Instant deadline) {
    return following.untilReady(deadline);
  }
}
