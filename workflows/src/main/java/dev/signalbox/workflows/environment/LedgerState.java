package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.backup.BackupRound;
import dev.signalbox.workflows.environment.LedgerStatus.Holder;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.monitor.MonitorRun;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.util.List;
import java.util.Map;

/**
 * Everything that the ledger remembers, carried over when it continues as new.
 *
 * @param live what runs; null = no record, or mixed
 * @param mixed why nobody can say what runs; null = not so
 * @param formerLive what ran before {@code live}, or before the last good set when mixed
 * @param queue who waits for the lease, in order
 * @param leases how many leases were granted so far
 * @param open runs that the ledger started and that have not reported their end, oldest first
 * @param noted requests that came while it turned its page, not yet looked at
 * @param answers the newest 500 answers by request id, oldest first
 * @param quarantine the newest 200 commits that proved bad here, oldest first
 * @param sealedQuarantine 16 hex of each older one
 * @param history the newest entries, oldest first: 200, and older ones that are not sealed
 * @param merges the newest 500 merge commits that promotions made
 * @param over the newest 500 run ids known as ended: a late note of their start changes nothing
 * @param early reports of runs whose start is not noted yet
 * @param untold runs that closed without a word, whose end nobody has told at GitHub and whose
 *     decisions nobody has looked for; the newest 50, oldest first
 * @param afterwards promotions that are live and wait for what comes after their soak, oldest first
 * @param earlier the sets that were live before {@code formerLive}, newest first; at most four
 * @param sealed what of the history lies elsewhere; null = nothing
 * @param backups how the last scheduled one ended; null = none are scheduled, or none was due yet
 * @param orders what people have ordered; null = nothing
 * @param orderAnswers the newest 500 answers to orders by decision id, oldest first
 * @param triggers what it remembers of triggers; null = nothing
 * @param decided keys of the newest 500 decisions in runs that were entered, oldest first
 * @param released by which rules the last release went live; null = none did
 * @param monitor the run of the monitor that is under way, or was last; null = there was none
 */
public record LedgerState(
    String project,
    String environment,
    LiveSet live,
    Mixed mixed,
    LiveSet formerLive,
    Holder holder,
    List<LeaseRequest> queue,
    long leases,
    List<OpenRun> open,
    List<LedgerRequest> noted,
    Map<String, RequestAnswer> answers,
    List<Quarantined> quarantine,
    List<String> sealedQuarantine,
    List<HistoryEntry> history,
    List<RecordedMerge> merges,
    List<String> over,
    List<RunReport> early,
    List<Untold> untold,
    List<LiveSet> earlier,
    List<OpenRun> afterwards,
    BackupRound backups,
    Sealed sealed,
    StandingOrders orders,
    Map<String, OrderAnswer> orderAnswers,
    TriggerMemory triggers,
    List<String> decided,
    ReleasedAs released,
    @JsonInclude(JsonInclude.Include.NON_NULL) MonitorRun monitor) {

  public LedgerState {
    queue = queue == null ? List.of() : List.copyOf(queue);
    open = open == null ? List.of() : List.copyOf(open);
    noted = noted == null ? List.of() : List.copyOf(noted);
    answers = answers == null ? Map.of() : answers;
    quarantine = quarantine == null ? List.of() : List.copyOf(quarantine);
    sealedQuarantine = sealedQuarantine == null ? List.of() : List.copyOf(sealedQuarantine);
    history = history == null ? List.of() : List.copyOf(history);
    merges = merges == null ? List.of() : List.copyOf(merges);
    over = over == null ? List.of() : List.copyOf(over);
    early = early == null ? List.of() : List.copyOf(early);
    untold = untold == null ? List.of() : List.copyOf(untold);
    earlier = earlier == null ? List.of() : List.copyOf(earlier);
    afterwards = afterwards == null ? List.of() : List.copyOf(afterwards);
    orderAnswers = orderAnswers == null ? Map.of() : orderAnswers;
    decided = decided == null ? List.of() : List.copyOf(decided);
  }

  /** One of an environment of which nobody has ordered anything. */
  public LedgerState(
      String project,
      String environment,
      LiveSet live,
      Mixed mixed,
      LiveSet formerLive,
      Holder holder,
      List<LeaseRequest> queue,
      long leases,
      List<OpenRun> open,
      List<LedgerRequest> noted,
      Map<String, RequestAnswer> answers,
      List<Quarantined> quarantine,
      List<String> sealedQuarantine,
      List<HistoryEntry> history,
      List<RecordedMerge> merges,
      List<String> over,
      List<RunReport> early,
      List<Untold> untold,
      List<LiveSet> earlier,
      List<OpenRun> afterwards,
      BackupRound backups,
      Sealed sealed) {
    this(
        project,
        environment,
        live,
        mixed,
        formerLive,
        holder,
        queue,
        leases,
        open,
        noted,
        answers,
        quarantine,
        sealedQuarantine,
        history,
        merges,
        over,
        early,
        untold,
        earlier,
        afterwards,
        backups,
        sealed,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** A ledger that knows nothing yet. */
  public static LedgerState empty(String project, String environment) {
    return new LedgerState(
        project,
        environment,
        null,
        null,
        null,
        null,
        null,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * A run that the ledger started.
   *
   * @param service of a promotion: the one that is deployed alone; null = all are
   * @param requester who asked for it; null = not known
   */
  public record OpenRun(
      String workflowId, String runId, String revision, String service, String requester) {
    /** One that concerns every service. */
    public OpenRun(String workflowId, String runId, String revision, String requester) {
      this(workflowId, runId, revision, null, requester);
    }
  }

  /** How a run ended that could not say it itself: it was terminated. */
  public record Untold(
      String workflowId, String runId, String revision, Result result, String detail) {}
}
