package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.SchemaNote;
import dev.signalbox.workflows.plan.PlanReport.RollbackOutlook;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What ended in one environment, from its ledger. */
@Command(
    name = "history",
    description =
        "What was done to an environment, newest first: how each run ended, and who asked.")
final class HistoryCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "The environment.")
  String environment;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many; ${DEFAULT-VALUE} unless said. The ledger keeps the newest 200.")
  int most;

  HistoryCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    requireEnvironment(pipelines, environment);
    Targets.requireNumber("-n", most, 1, 1000);
    LedgerStatus ledger =
        client
            .ledger(environment)
            .orElseThrow(
                () ->
                    client.withoutWorker(
                        "query", EnvironmentWorkflow.id(client.project(), environment)));
    List<HistoryEntry> newestFirst = new ArrayList<>(ledger.history());
    Collections.reverse(newestFirst);
    List<HistoryEntry> shown = newestFirst.subList(0, Math.min(most, newestFirst.size()));
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("environment", environment);
    object.put("entries", shown.stream().map(HistoryCommand::object).toList());
    object.put("earlier", newestFirst.size() - shown.size());
    RollbackOutlook wayBack =
        client.standing(environment, ledger, SignalboxClient.PATIENCE).rollback();
    object.put("rollback", wayBack);
    printer().object(object);
    shown.forEach(entry -> printer().line(line(entry)));
    if (ledger.live() != null || ledger.mixed() != null) {
      printer()
          .line(
              "rollback "
                  + wayBack.verdict()
                  + (wayBack.until() == null ? "" : " until " + Moments.text(wayBack.until()))
                  + ": "
                  + wayBack.detail());
    }
    if (newestFirst.isEmpty()) {
      printer().line("nothing has ended in " + environment + " yet");
    } else if (newestFirst.size() > shown.size()) {
      printer().line((newestFirst.size() - shown.size()) + " earlier: -n " + newestFirst.size());
    }
    return Exit.DONE;
  }

  private static String line(HistoryEntry entry) {
    return Moments.text(entry.at())
        + "  "
        + entry.result().word()
        + "  "
        + shortened(entry.revision())
        + (entry.requester() == null ? "" : "  by " + entry.requester())
        + (entry.detail() == null ? "" : ": " + entry.detail())
        + (entry.schema() == null ? "" : "  (" + migrated(entry.schema()) + ")");
  }

  private static String migrated(SchemaNote schema) {
    return "migrated "
        + schema.ran()
        + (schema.ran() == 1 ? " revision" : " revisions")
        + (schema.at().isEmpty() ? "" : " to " + String.join(", ", schema.at()))
        + (schema.contract() == null ? "" : ", contract " + schema.contract());
  }

  private static String shortened(String revision) {
    return ShortCommit.of(revision, "-");
  }

  private static Map<String, Object> object(HistoryEntry entry) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", entry.id());
    shown.put("revision", entry.revision());
    shown.put("result", entry.result().word());
    shown.put("requester", entry.requester());
    shown.put("at", entry.at());
    shown.put("detail", entry.detail());
    if (entry.schema() != null) {
      shown.put("schema", entry.schema());
    }
    return shown;
  }
}
