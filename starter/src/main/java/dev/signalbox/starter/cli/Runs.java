package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.LedgerStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the run that somebody means: by full id, environment, or the start of a revision. */
final class Runs {
  private final SignalboxClient client;
  private final PipelineFile pipelines;

  Runs(SignalboxClient client, PipelineFile pipelines) {
    this.client = client;
    this.pipelines = pipelines;
  }

  /** Whether this is a full id, for which no ledger needs to be asked. */
  static boolean fullId(String word) {
    return word.contains("/");
  }

  /**
   * The run's id.
   *
   * @param wanted of several runs of an environment, the newest of which this holds is meant, else
   *     the newest
   * @throws TroubleException exit 2, when there is none or more than one
   */
  String find(String word, Predicate<String> wanted) {
    if (fullId(word)) {
      return word;
    }
    if (pipelines.has(word)) {
      List<String> newestFirst = of(word);
      return newestFirst.stream()
          .filter(wanted)
          .findFirst()
          .or(() -> newestFirst.stream().findFirst())
          .orElseThrow(() -> unknown(word, "nothing was ever promoted there"));
    }
    return byRevision(word);
  }

  /** Ids of an environment's runs: those under way first, newest first. */
  private List<String> of(String environment) {
    Set<String> ids = new LinkedHashSet<>();
    client
        .ledger(environment)
        .ifPresent(
            ledger -> {
              reversed(ledger.waiting()).forEach(ids::add);
              if (ledger.holder() != null) {
                ids.add(ledger.holder().workflowId());
              }
              reversed(ledger.history().stream().map(HistoryEntry::id).toList()).forEach(ids::add);
            });
    return List.copyOf(ids);
  }

  private String byRevision(String word) {
    String start = word.toLowerCase(Locale.ROOT);
    if (!start.matches("[0-9a-f]{4,40}")) {
      throw unknown(
          word,
          "it is no environment ("
              + String.join(", ", pipelines.environments())
              + "), no id and no start of a revision");
    }
    List<String> found = new ArrayList<>();
    for (String environment : pipelines.environments()) {
      of(environment).stream()
          .filter(id -> id.substring(id.lastIndexOf('/') + 1).startsWith(start))
          .forEach(found::add);
    }
    if (found.isEmpty()) {
      throw unknown(word, "no ledger knows a run of such a revision");
    }
    if (found.size() > 1) {
      throw unknown(word, "several runs are meant: " + String.join(", ", found));
    }
    return found.get(0);
  }

  private static List<String> reversed(List<String> oldestFirst) {
    List<String> newestFirst = new ArrayList<>(oldestFirst);
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  private static TroubleException unknown(String word, String answer) {
    return new TroubleException(
        Trouble.usage("Finding the run", word, answer, "`signalbox list` shows the runs."));
  }

  /**
   * The ledgers of these environments, those that were opened.
   *
   * @throws TroubleException exit 3, when there is none: a worker opens them when it starts
   */
  Map<String, LedgerStatus> ledgers(List<String> environments) {
    Map<String, LedgerStatus> opened = new LinkedHashMap<>();
    for (String environment : environments) {
      client.ledger(environment).ifPresent(ledger -> opened.put(environment, ledger));
    }
    if (opened.isEmpty()) {
      throw client.withoutWorker(
          "query", EnvironmentWorkflow.id(client.project(), environments.get(0)));
    }
    return opened;
  }
}
