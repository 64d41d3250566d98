package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.preview.SweepReport;
import dev.signalbox.workflows.preview.SweepReport.Deed;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/** Has the environments compared with the open pull requests now. */
@Command(
    name = "sweep",
    description =
        "Compare the environments with the open pull requests now: begin what is missing, remove"
            + " what was left behind, touch nothing that is not ours.")
final class PreviewSweepCommand extends ClientCommand {
  PreviewSweepCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void check(PipelineFile pipelines) {
    PreviewOrderCommand.requirePreviews(pipelines);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    PreviewOrderCommand.requireWorker(client, pipelines);
    SweepReport report = client.previews().sweep(Person.named(null, surroundings));
    requireCompared(report, client.project());
    printer().object(object(report));
    printer()
        .line(
            report.open()
                + (report.open() == 1 ? " pull request" : " pull requests")
                + " to have a preview, "
                + report.there()
                + (report.there() == 1 ? " environment" : " environments")
                + " of ours");
    report
        .deeds()
        .forEach(
            deed ->
                printer()
                    .line("  pr-" + deed.number() + "  " + deed.kind().word() + "  " + deed.why()));
    report.foreign().forEach(name -> printer().line("  " + name + "  foreign: never touched"));
    return Exit.DONE;
  }

  private static void requireCompared(SweepReport report, String project) {
    if (report.trouble() != null) {
      throw new TroubleException(
          Trouble.notReached(
              "Comparing the previews with the pull requests",
              project,
              report.trouble(),
              "It is tried again by itself; the worker's .signalbox/signalbox.log has the whole"
                  + " story."));
    }
    if (!report.configured()) {
      throw new TroubleException(
          Trouble.usage(
              "Comparing the previews with the pull requests",
              project,
              "the worker's signalbox.toml has no [previews]",
              "Give the worker the same file, or start it where this one is."));
    }
  }

  private static Map<String, Object> object(SweepReport report) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("at", report.at());
    shown.put("pullRequests", report.open());
    shown.put("environments", report.there());
    shown.put("mended", report.deeds().stream().map(PreviewSweepCommand::mended).toList());
    shown.put("foreign", report.foreign());
    return shown;
  }

  private static Map<String, Object> mended(Deed deed) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("pullRequest", deed.number());
    shown.put("deed", deed.kind().word());
    shown.put("why", deed.why());
    return shown;
  }
}
