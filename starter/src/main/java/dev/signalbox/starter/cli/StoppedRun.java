package dev.signalbox.starter.cli;

import dev.signalbox.starter.Described;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import dev.signalbox.workflows.release.Moments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells of a run that was terminated, or broke: it left no result, so what it was, when it ended,
 * what runs now and what to do are put together from what others know.
 */
final class StoppedRun {
  private final SignalboxClient client;
  private final PipelineFile pipelines;
  private final Printer printer;

  StoppedRun(SignalboxClient client, PipelineFile pipelines, Printer printer) {
    this.client = client;
    this.pipelines = pipelines;
    this.printer = printer;
  }

  int tell(String id, Described ended) {
    String environment = environment(id);
    String deploy = MigrateAndDeployWorkflow.id(client.project(), environment);
    boolean deployGoesOn =
        !id.equals(deploy) && client.describe(deploy).filter(Described::running).isPresent();
    String now = environment + ": " + now(environment);
    String next = deployGoesOn ? "signalbox why " + deploy : again(id, environment);

    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", id);
    shown.put("state", ended.word());
    ended.digest().ifPresent(digest -> shown.put("digest", digest));
    Map<String, Object> end = new LinkedHashMap<>();
    ended.closedAt().ifPresent(at -> end.put("at", at));
    ended.stage().ifPresent(stage -> end.put("stage", stage));
    end.put("deployRuns", deployGoesOn);
    end.put("now", now);
    end.put("next", next);
    shown.put("ended", end);
    shown.put("unmet", List.of());
    shown.put("asks", List.of());
    shown.put("decisions", List.of());
    printer.object(shown);

    printer.line(id + "  " + ended.word());
    printer.line(
        "it was "
            + words(ended)
            + ended.closedAt().map(at -> " at " + Moments.text(at)).orElse("")
            + ended.stage().map(stage -> ", in stage " + stage).orElse("")
            + "; it left no result");
    if (deployGoesOn) {
      printer.line("its deploy goes on by itself: " + deploy);
    }
    printer.line(now);
    printer.line("next: " + next);
    return Exit.DONE;
  }

  private static String words(Described ended) {
    return switch (ended.word()) {
      case "terminated" -> "terminated";
      case "canceled" -> "cancelled from outside Signalbox";
      case "timed_out" -> "ended by a time-out of the engine";
      default -> "ended by an error (the engine says " + ended.word() + ")";
    };
  }

  private String again(String id, String environment) {
    return PromotionWorkflow.isId(id)
        ? "signalbox promote "
            + environment
            + " --commit "
            + id.substring(id.lastIndexOf('/') + 1)
            + " (the same commit again, as a new run)"
        : "signalbox status " + environment;
  }

  private String now(String environment) {
    try {
      return client.ledger(environment).map(StoppedRun::now).orElse("it has no ledger");
    } catch (TroubleException silence) {
      return "not known, its ledger does not answer";
    }
  }

  private static String now(LedgerStatus ledger) {
    String held =
        Optional.ofNullable(ledger.holder())
            .map(holder -> "; held by " + holder.workflowId())
            .orElse("");
    if (ledger.mixed() != null) {
      return "mixed since "
          + Moments.text(ledger.mixed().since())
          + ", left so by "
          + ledger.mixed().by()
          + held;
    }
    return ledger.live() == null
        ? "nothing is recorded as live" + held
        : "runs "
            + ledger.live().revision()
            + " since "
            + Moments.text(ledger.live().since())
            + held;
  }

  /** The part of the id that names it; ids are made in one place and have it third. */
  private String environment(String id) {
    String[] parts = id.split("/", -1);
    return parts.length > 2 && pipelines.has(parts[2]) ? parts[2] : parts[parts.length - 1];
  }
}
