package dev.signalbox.starter.cli;

import dev.signalbox.starter.Described;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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

  /**
   * As {@link #find}; with no worker to ask for its ledgers, what the engine alone knows of runs
   * that are open. For commands whose message the engine keeps until a worker comes.
   *
   * @param stage as such a run notes it for the engine; null = any
   * @param command what the engine would keep, with {@code %s} for the id
   * @throws TroubleException exit 3, when not exactly one run can be meant
   */
  String findWithOrWithoutWorker(
      String word, Predicate<String> wanted, String stage, String command) {
    try {
      return find(word, wanted);
    } catch (TroubleException silence) {
      if (!client.workerless()) {
        throw silence;
      }
      List<String> open = open(word, stage);
      if (open.size() == 1) {
        return open.get(0);
      }
      throw new TroubleException(without(word, open, command), silence);
    }
  }

  /**
   * As {@link #find}; with no worker to ask for its ledgers it says what the engine alone knows of
   * the runs that may be meant.
   *
   * @throws TroubleException exit 3, when no worker answers
   */
  String findOrNameWithoutWorker(String word) {
    try {
      return find(word, any -> true);
    } catch (TroubleException silence) {
      if (!client.workerless()) {
        throw silence;
      }
      List<String> open = open(word, null);
      throw open.isEmpty()
          ? silence
          : new TroubleException(
              Trouble.notReached(
                  "Finding the run without a worker",
                  word,
                  "the engine answers, no worker does; it alone knows "
                      + open.stream().map(this::stage).collect(Collectors.joining(", and ")),
                  "Start `signalbox worker`."),
              silence);
    }
  }

  private String stage(String id) {
    return id
        + client
            .describe(id)
            .flatMap(Described::stage)
            .map(stage -> " (stage " + stage + ")")
            .orElse("");
  }

  private List<String> open(String word, String stage) {
    boolean environment = pipelines.has(word);
    List<String> asked = environment ? List.of(word) : pipelines.environments();
    return asked.stream()
        .flatMap(name -> client.openRuns(name).stream())
        .filter(id -> environment || revision(id).startsWith(word.toLowerCase(Locale.ROOT)))
        .filter(id -> stage == null || notes(id, stage))
        .toList();
  }

  private boolean notes(String id, String stage) {
    return client.describe(id).flatMap(Described::stage).filter(stage::equals).isPresent();
  }

  private Trouble without(String word, List<String> open, String command) {
    return Trouble.notReached(
        "Finding the run without a worker",
        word,
        open.isEmpty()
            ? "the engine answers, no worker does, and the engine alone knows no such run"
            : "the engine answers, no worker does, and several runs may be meant: "
                + String.join(", ", open),
        "Start `signalbox worker`, or name the run by its full id: `signalbox "
            + command.formatted(open.isEmpty() ? presumed(word) : open.get(0))
            + "`; the engine keeps that until a worker runs.");
  }

  private String presumed(String word) {
    return pipelines.has(word)
        ? PromotionWorkflow.id(client.project(), word, "<40 hex>")
        : PromotionWorkflow.id(client.project(), "<environment>", word + "<the other hex>");
  }

  private static String revision(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
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
              reversed(ledger.runs().stream().map(HistoryEntry::id).toList()).forEach(ids::add);
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
      of(environment).stream().filter(id -> revision(id).startsWith(start)).forEach(found::add);
    }
    if (found.isEmpty()) {
      throw unknown(
          word,
          "no ledger knows a run of such a revision",
          "Nobody has asked for it yet: `signalbox promote <environment> --commit "
              + start
              + "` does; `signalbox list` shows the runs that there are.");
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
    return unknown(word, answer, "`signalbox list` shows the runs.");
  }

  private static TroubleException unknown(String word, String answer, String next) {
    return new TroubleException(Trouble.usage("Finding the run", word, answer, next));
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
