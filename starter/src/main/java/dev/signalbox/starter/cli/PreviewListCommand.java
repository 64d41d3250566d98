package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.policy.PreviewSettings;
import dev.signalbox.workflows.preview.PreviewList;
import dev.signalbox.workflows.preview.PreviewStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** The environments of pull requests that there are at Railway. */
@Command(
    name = "list",
    description = "The environments of pull requests at Railway, and how each stands.")
final class PreviewListCommand extends ClientCommand {
  PreviewListCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void check(PipelineFile pipelines) {
    PreviewOrderCommand.requirePreviews(pipelines);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    PreviewOrderCommand.requireWorker(client, pipelines);
    PreviewList list = client.previews().list();
    List<Map<String, Object>> shown = new ArrayList<>();
    for (PreviewList.Entry entry : list.environments()) {
      Optional<PreviewStatus> status =
          entry.foreign() ? Optional.empty() : client.previews().status(entry.number());
      Life life = Life.of(entry, status, pipelines.previews());
      shown.add(object(entry, status, life));
      printer().line(line(entry, status, life));
    }
    printer().object(Map.of("previews", shown));
    if (shown.isEmpty()) {
      printer().line("there are no previews");
    }
    return Exit.DONE;
  }

  /**
   * What one has cost, and how long it will.
   *
   * @param hours that its services have run, all together; a hint, no bill
   * @param expires when it goes by itself; null = with its pull request
   */
  private record Life(long hours, Instant expires) {
    static Life of(
        PreviewList.Entry entry, Optional<PreviewStatus> status, PreviewSettings settings) {
      int running =
          status
              .filter(one -> one.revision() != null)
              .map(one -> settings.base().services().size())
              .orElse(0);
      long age =
          entry.createdAt() == null
              ? 0
              : Duration.between(entry.createdAt(), Instant.now()).toHours();
      return new Life(
          running * age,
          status
              .flatMap(
                  one -> settings.previews().upkeep().end(one.use().active(), entry.createdAt()))
              .orElse(null));
    }

    private String words() {
      return (hours == 0 ? "" : "  " + hours + " service hours")
          + (expires == null ? "" : "  goes " + expires.truncatedTo(ChronoUnit.MINUTES));
    }
  }

  private static String line(PreviewList.Entry entry, Optional<PreviewStatus> status, Life life) {
    String age =
        entry.createdAt() == null
            ? "age not known"
            : DurationText.of(
                    Duration.between(entry.createdAt(), Instant.now())
                        .truncatedTo(ChronoUnit.MINUTES))
                + " old";
    if (entry.foreign()) {
      return entry.name() + "  foreign: not made by Signalbox, never touched  " + age;
    }
    return status
        .map(
            one ->
                PreviewFollowing.words(one)
                    + "  "
                    + age
                    + life.words()
                    + (owner(one) == null ? "" : "  by " + owner(one))
                    + one.urls().values().stream()
                        .reduce((earlier, last) -> last)
                        .map(url -> "  " + url)
                        .orElse(""))
        .orElseGet(
            () ->
                entry.name()
                    + "  orphaned: the engine knows no run of it; `signalbox preview destroy pr-"
                    + entry.number()
                    + "` removes it  "
                    + age);
  }

  /** Who asked for it, else whose pull request it is. */
  private static String owner(PreviewStatus status) {
    return status.requester() == null ? status.author() : status.requester();
  }

  private static Map<String, Object> object(
      PreviewList.Entry entry, Optional<PreviewStatus> status, Life life) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", entry.name());
    shown.put("pullRequest", entry.number());
    shown.put("foreign", entry.foreign());
    shown.put("createdAt", entry.createdAt());
    shown.put("state", status.map(one -> one.stage().word()).orElse(null));
    shown.put("revision", status.map(PreviewStatus::revision).orElse(null));
    shown.put("head", status.map(PreviewStatus::head).orElse(null));
    shown.put("author", status.map(PreviewStatus::author).orElse(null));
    shown.put("owner", status.map(PreviewListCommand::owner).orElse(null));
    shown.put("serviceHours", life.hours());
    shown.put("expires", life.expires());
    shown.put("detail", status.map(PreviewStatus::detail).orElse(null));
    shown.put("urls", status.map(PreviewStatus::urls).orElse(Map.of()));
    return shown;
  }
}
