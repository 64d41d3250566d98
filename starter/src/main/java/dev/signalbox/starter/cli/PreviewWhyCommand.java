package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.preview.PreviewStatus;
import dev.signalbox.workflows.preview.Slots;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import dev.signalbox.workflows.release.Moments;
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
    Optional<Slots> slots = client.previews().slots().filter(known -> known.place(number) > 0);
    shown.put("place", slots.map(known -> known.place(number)).orElse(null));
    printer().object(shown);
    printer().line(PreviewFollowing.words(status.get()));
    slots.ifPresent(known -> printer().line(place(known, number)));
    unmet.forEach(one -> printer().line("  " + one.condition() + "  (" + one.owner() + ")"));
    status.get().urls().forEach((service, url) -> printer().line("  " + service + "  " + url));
    return Exit.DONE;
  }

  private static String place(Slots slots, int number) {
    int place = slots.place(number);
    return "  place "
        + place
        + " of "
        + slots.queue().size()
        + " in the order of making; its turn is at "
        + Moments.text(slots.queue().get(place - 1).at());
  }
}
