package dev.signalbox.starter.cli;

import dev.signalbox.starter.Described;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.health.Proof;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import dev.signalbox.workflows.promotion.WhyText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Why a run does not move. */
@Command(
    name = "why",
    description = "What a run waits for: each condition with its owner, and how to answer.")
final class WhyCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "ID|ENV",
      completionCandidates = EnvironmentNames.class,
      description = "Full id, environment (its newest), or the start of a revision.")
  String run;

  WhyCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    String id = new Runs(client, pipelines).findOrNameWithoutWorker(run);
    PromotionStatus status = client.standing(id).orElseThrow(() -> AnswerCommand.unknownRun(id));
    Optional<Described> stopped =
        status.result() == null
            ? client.describe(id).filter(Described::endedWithoutResult)
            : Optional.empty();
    if (stopped.isPresent()) {
      return new StoppedRun(client, pipelines, printer()).tell(id, stopped.get());
    }
    List<Unmet> unmet = new ArrayList<>(status.unmet());
    unmet.addAll(new SilentSystems(client).of(id, status));
    printer().object(object(id, status, unmet));
    print(id, status, unmet);
    return Exit.DONE;
  }

  private void print(String id, PromotionStatus status, List<Unmet> unmet) {
    Printer printer = printer();
    WhyText.heading(status).forEach(printer::line);
    if (status.result() != null) {
      proof(status)
          .services()
          .forEach(
              service ->
                  printer.line(
                      "proof of "
                          + service.service()
                          + " by "
                          + service.strength().name().toLowerCase(Locale.ROOT)
                          + ": "
                          + service.sentence()));
    }
    unmet.forEach(one -> printer.line(WhyText.waiting(one)));
    status.asks().forEach(ask -> Asking.lines(id, ask).forEach(printer::line));
    status.decisions().forEach(decision -> printer.line(WhyText.decided(decision)));
    WhyText.free(status, unmet).forEach(printer::line);
  }

  private static Map<String, Object> object(String id, PromotionStatus status, List<Unmet> unmet) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", id);
    shown.put("state", status.state());
    if (status.digest() != null) {
      shown.put("digest", status.digest());
    }
    if (status.asked() != null) {
      shown.put("asked", status.asked());
    }
    WhyText.emergency(status).ifPresent(terms -> shown.put("emergency", terms));
    shown.put("unmet", unmet);
    shown.put("asks", status.asks());
    shown.put("decisions", status.decisions());
    if (status.result() != null && status.result().proof() != null) {
      shown.put("proof", status.result().proof());
    }
    return shown;
  }

  private static Proof proof(PromotionStatus status) {
    Proof proof = status.result().proof();
    return proof == null ? new Proof(null, null) : proof;
  }
}
