package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.LedgerArchive.PagesReading;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.RestorePoint;
import dev.signalbox.workflows.environment.Sealed;
import dev.signalbox.workflows.plan.PlanReport.RollbackOutlook;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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
  /** Their bytes are far from what one answer may have. */
  private static final int MOST = 2_000;

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
      description = "How many; ${DEFAULT-VALUE} unless said. Older ones come from the archive.")
  int most;

  @Option(
      names = "--full",
      description =
          "All that is kept of how each ended, not only as much as an entry has room for.")
  boolean full;

  HistoryCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    requireEnvironment(pipelines, environment);
    Targets.requireNumber("-n", most, 1, MOST);
    LedgerStatus ledger = ledger(client, environment);
    Sealed sealed = ledger.sealed() == null ? new Sealed(null, 0, null) : ledger.sealed();
    PagesReading pages = client.sealedHistory(environment, sealed, most - ledger.runs().size());
    List<HistoryEntry> newestFirst = new ArrayList<>(pages.entries());
    newestFirst.addAll(ledger.history());
    newestFirst.removeIf(entry -> !entry.ofRun());
    Collections.reverse(newestFirst);
    List<HistoryEntry> shown = newestFirst.subList(0, Math.min(most, newestFirst.size()));
    // What lies in pages that were not read is counted as it is: decisions and orders too.
    int all = newestFirst.size() + sealed.entries() - pages.entries().size();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("environment", environment);
    Map<String, String> texts = new HashMap<>(sealed.texts());
    texts.putAll(pages.texts());
    object.put("entries", shown.stream().map(entry -> object(entry, texts)).toList());
    object.put("earlier", all - shown.size());
    object.put("unread", pages.unread());
    object.put("lost", sealed.lost());
    RollbackOutlook wayBack =
        client.standing(environment, ledger, SignalboxClient.PATIENCE).rollback();
    object.put("rollback", wayBack);
    RestorePoint.of(ledger).ifPresent(point -> object.put("restore", point));
    printer().object(object);
    shown.forEach(entry -> printer().line(line(entry, full ? texts : Map.of())));
    if (!full && shown.stream().anyMatch(entry -> texts.containsKey(entry.whole()))) {
      printer().line("… stands for words that an entry has no room for: --full shows them");
    }
    printWayBack(ledger, wayBack);
    printWhatIsNotShown(pages.unread(), all, shown.size());
    if (sealed.lost() > 0) {
      printer().line(sealed.lost() + " before all of these are lost: no archive took them in time");
    }
    return pages.unread().isEmpty() ? Exit.DONE : Exit.NOT_SO;
  }

  private void printWayBack(LedgerStatus ledger, RollbackOutlook wayBack) {
    if (ledger.live() == null && ledger.mixed() == null) {
      return;
    }
    printer()
        .line(
            "rollback "
                + wayBack.verdict()
                + (wayBack.until() == null ? "" : " until " + Moments.text(wayBack.until()))
                + ": "
                + wayBack.detail());
    RestorePoint.of(ledger).ifPresent(point -> printer().line("  " + point.words(environment)));
  }

  /**
   * @param unread a sentence for each page that could not be read
   * @param all how many there are, and so many of them are shown
   */
  private void printWhatIsNotShown(List<String> unread, int all, int shown) {
    unread.forEach(page -> printer().line("NOT SHOWN: " + page));
    if (all == 0) {
      printer().line("nothing has ended in " + environment + " yet");
    } else if (unread.isEmpty() && all > shown) {
      printer().line((all - shown) + " earlier: -n " + Math.min(all, MOST));
    }
  }

  /**
   * @param texts all that shortened entries say, by their mark
   */
  static String line(HistoryEntry entry, Map<String, String> texts) {
    String detail = detail(entry, texts);
    return Moments.text(entry.at())
        + "  "
        + entry.result().word()
        + "  "
        + shortened(entry.revision())
        + (entry.requester() == null ? "" : "  by " + entry.requester())
        + (detail == null ? "" : ": " + detail)
        + (entry.schema() == null ? "" : "  (" + SchemaWords.of(entry.schema()) + ")");
  }

  /** All that is kept of it: where no more is there, what the entry has. */
  private static String detail(HistoryEntry entry, Map<String, String> texts) {
    return entry.whole() == null
        ? entry.detail()
        : texts.getOrDefault(entry.whole(), entry.detail());
  }

  private static String shortened(String revision) {
    return ShortCommit.of(revision, "-");
  }

  static Map<String, Object> object(HistoryEntry entry, Map<String, String> texts) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", entry.id());
    shown.put("revision", entry.revision());
    shown.put("result", entry.result().word());
    shown.put("requester", entry.requester());
    shown.put("at", entry.at());
    shown.put("detail", detail(entry, texts));
    shown.put("cut", entry.whole() != null && !texts.containsKey(entry.whole()));
    if (entry.schema() != null) {
      shown.put("schema", entry.schema());
    }
    return shown;
  }
}
