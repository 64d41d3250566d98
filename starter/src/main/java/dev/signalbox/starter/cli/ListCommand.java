package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.release.Moments;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** The runs that the ledgers know, those under way first. */
@Command(name = "list", description = "The runs under way, then those that have ended.")
final class ListCommand extends ClientCommand {
  private final List<Map<String, Object>> runs = new ArrayList<>();

  ListCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    Collection<LedgerStatus> ledgers =
        new Runs(client, pipelines).ledgers(pipelines.environments()).values();
    ledgers.forEach(ledger -> underWay(client, ledger));
    ledgers.forEach(this::ended);
    printer().object(Map.of("runs", runs));
    if (runs.isEmpty()) {
      printer().line("nothing was promoted yet");
    }
    return Exit.DONE;
  }

  private void underWay(SignalboxClient client, LedgerStatus ledger) {
    List<String> ids = new ArrayList<>();
    if (ledger.holder() != null) {
      ids.add(ledger.holder().workflowId());
    }
    ids.addAll(ledger.waiting());
    for (String id : ids) {
      Optional<PromotionStatus> status = client.standing(id);
      Map<String, Object> run = new LinkedHashMap<>();
      run.put("id", id);
      run.put("environment", ledger.name());
      run.put("revision", status.map(PromotionStatus::revision).orElse(null));
      run.put("state", status.map(PromotionStatus::state).orElse("unknown"));
      runs.add(run);
      printer().line(run.get("state") + "  " + id);
    }
  }

  private void ended(LedgerStatus ledger) {
    List<HistoryEntry> newestFirst = new ArrayList<>(ledger.runs());
    Collections.reverse(newestFirst);
    for (HistoryEntry entry : newestFirst) {
      Map<String, Object> run = new LinkedHashMap<>();
      run.put("id", entry.id());
      run.put("environment", ledger.name());
      run.put("revision", entry.revision());
      run.put("state", entry.result().word());
      run.put("requester", entry.requester());
      run.put("at", entry.at());
      run.put("detail", entry.detail());
      runs.add(run);
      printer()
          .line(
              entry.result().word()
                  + "  "
                  + entry.id()
                  + "  "
                  + Moments.text(entry.at())
                  + (entry.detail() == null ? "" : "  " + entry.detail()));
    }
  }
}
