package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.preview.PreviewStatus;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Why a preview stands as it does. */
@Command(name = "why", description = "How the preview of a pull request stands, and why.")
final class PreviewWhyCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "pr-N", description = "The pull request.")
  String target;

  PreviewWhyCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void check(PipelineFile pipelines) {
    Targets.pull(target);
    PreviewOrderCommand.requirePreviews(pipelines);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    int number = Targets.pull(target);
    Optional<PreviewStatus> status = client.previews().status(number);
    if (status.isEmpty()) {
      printer().line("pr-" + number + "  none: nobody asked for a preview of #" + number);
      printer().object(Map.of("id", client.previews().id(number), "state", "none"));
      return Exit.DONE;
    }
    List<Unmet> unmet =
        client.status(client.previews().id(number)).map(PromotionStatus::unmet).orElse(List.of());
    Map<String, Object> shown = PreviewFollowing.object(status.get());
    shown.put("unmet", unmet);
    printer().object(shown);
    printer().line(PreviewFollowing.words(status.get()));
    unmet.forEach(one -> printer().line("  " + one.condition() + "  (" + one.owner() + ")"));
    status.get().urls().forEach((service, url) -> printer().line("  " + service + "  " + url));
    return Exit.DONE;
  }
}
