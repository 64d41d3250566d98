package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets one promotion pass a freeze. */
@Command(
    name = "override",
    description =
        "Let one promotion pass a freeze. For people of the groups that `override` of the"
            + " environment names; everybody who may approve is told.")
final class OverrideCommand extends OrderCommand {
  @Option(
      names = "--promotion",
      paramLabel = "ID",
      description = "Full id, or the start of a revision; else the environment's newest.")
  String run;

  OverrideCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Kind kind() {
    return Kind.OVERRIDE;
  }

  @Override
  String promotion(SignalboxClient client, PipelineFile pipelines) {
    String id =
        new Runs(client, pipelines).find(run == null ? environment : run, PromotionWorkflow::isId);
    if (!PromotionWorkflow.isId(id)) {
      throw new TroubleException(
          Trouble.usage(
              "Finding the promotion",
              id,
              "it is no promotion",
              "`signalbox list` shows the runs; name one with --promotion."));
    }
    return id;
  }
}
