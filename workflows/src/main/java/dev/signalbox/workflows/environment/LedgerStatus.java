package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.backup.BackupRound;
import dev.signalbox.workflows.github.RevertPull;
import dev.signalbox.workflows.monitor.MonitorRun;
import dev.signalbox.workflows.release.Moments;
import java.time.Instant;
import java.util.List;

/**
 * One environment of {@code status}.
 *
 * @param live what runs; null = no record, or mixed
 * @param mixed since when and why nobody can say what runs; null = not so
 * @param former the set that a rollback goes back to; null = there is none on record
 * @param holder who holds the lease; null = nobody
 * @param quarantine the newest commits that proved bad here, oldest first
 * @param sealedQuarantine how many older ones there are, which count all the same
 * @param waiting ids of the runs under way that do not hold it, oldest first
 * @param sealed what of the history lies elsewhere; null = nothing
 * @param backups how the last scheduled one ended; null = none are scheduled, or none was due yet
 * @param orders what people have ordered; null = nothing
 * @param triggers what it remembers of triggers; null = nothing
 * @param monitor the run of the monitor that is under way, or was last; null = there was none
 * @param targets the sets that a rollback may go back to, at most five; {@code former} is the first
 */
public record LedgerStatus(
    String name,
    LiveSet live,
    Mixed mixed,
    LiveSet former,
    Holder holder,
    List<String> waiting,
    List<Quarantined> quarantine,
    int sealedQuarantine,
    List<HistoryEntry> history,
    int messages,
    List<LiveSet> targets,
    BackupRound backups,
    Sealed sealed,
    @JsonInclude(JsonInclude.Include.NON_NULL) StandingOrders orders,
    @JsonInclude(JsonInclude.Include.NON_NULL) TriggerMemory triggers,
    @JsonInclude(JsonInclude.Include.NON_NULL) MonitorRun monitor) {
  /** How many entries the ledger holds where no archive takes them. */
  public static final int MOST_ENTRIES = 1_000;

  public LedgerStatus {
    waiting = waiting == null ? List.of() : List.copyOf(waiting);
    quarantine = quarantine == null ? List.of() : List.copyOf(quarantine);
    history = history == null ? List.of() : List.copyOf(history);
    targets = targets == null ? List.of() : List.copyOf(targets);
  }

  /** For who asks about what runs: of the history nothing, which is the most of it. */
  public LedgerStatus withoutHistory() {
    return new LedgerStatus(
        name,
        live,
        mixed,
        former,
        holder,
        waiting,
        quarantine,
        sealedQuarantine,
        null,
        messages,
        targets,
        backups,
        null,
        orders,
        triggers,
        monitor);
  }

  /** One of an environment of which nobody has ordered anything. */
  public LedgerStatus(
      String name,
      LiveSet live,
      Mixed mixed,
      LiveSet former,
      Holder holder,
      List<String> waiting,
      List<Quarantined> quarantine,
      int sealedQuarantine,
      List<HistoryEntry> history,
      int messages,
      List<LiveSet> targets,
      BackupRound backups,
      Sealed sealed) {
    this(
        name,
        live,
        mixed,
        former,
        holder,
        waiting,
        quarantine,
        sealedQuarantine,
        history,
        messages,
        targets,
        backups,
        sealed,
        null,
        null,
        null);
  }

  /** What is remembered of triggers. */
  public TriggerMemory triggered() {
    return triggers == null ? TriggerMemory.NONE : triggers;
  }

  /** What people have ordered. */
  public StandingOrders standing() {
    return orders == null ? StandingOrders.NONE : orders;
  }

  /** Of the history what ended: no decisions and no orders. */
  public List<HistoryEntry> runs() {
    return history.stream().filter(HistoryEntry::ofRun).toList();
  }

  /** What is live, or was before what runs became mixed; null = no record. */
  public LiveSet lastGood() {
    return mixed == null ? live : mixed.lastGood();
  }

  /**
   * @param revision what it is to make live
   */
  public record Holder(
      String workflowId, String runId, String revision, long number, Instant since) {}

  /**
   * @param since null = not known any more
   * @param person who ordered it; null = nobody: a release proved bad
   * @param revert what became of taking it back on its branch; null = nothing was asked for
   * @param mended by what; null = nobody has said so
   */
  public record Quarantined(
      String revision,
      String reason,
      Instant since,
      @JsonInclude(JsonInclude.Include.NON_NULL) String person,
      @JsonInclude(JsonInclude.Include.NON_NULL) RevertPull revert,
      @JsonInclude(JsonInclude.Include.NON_NULL) Mended mended) {
    /** In words: which commit, by whom, since when and why. */
    public String words() {
      return "quarantined "
          + revision
          + (person == null ? "" : " by " + person)
          + (since == null ? "" : " since " + Moments.text(since))
          + (person == null ? ", it proved bad: " : ": ")
          + reason;
    }

    /**
     * A later commit after which it does no harm any more.
     *
     * @param commit 40 hex, which contains it
     * @param person who says so
     */
    public record Mended(String commit, String person, String reason) {}

    /** Of a release that proved bad. */
    public Quarantined(String revision, String reason, Instant since) {
      this(revision, reason, since, null, null, null);
    }

    /** The same, now that it is known what became of taking it back; null = nothing. */
    Quarantined takenBack(RevertPull pull) {
      return new Quarantined(revision, reason, since, person, pull, mended);
    }

    /** The same, now that somebody has said what mends it. */
    Quarantined mendedBy(Mended other) {
      return new Quarantined(revision, reason, since, person, revert, other);
    }

    boolean owesRevert() {
      return revert != null && revert.owed() != null;
    }
  }
}
