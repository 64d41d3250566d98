package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import dev.signalbox.workflows.environment.LedgerStatus.Holder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the ledger remembers and the rules of its lease; no engine in it, so that the rules can be
 * read and tested alone.
 */
final class Ledger {
  private static final int MOST_OVER = 500;
  private static final int MOST_EARLY = 50;
  private static final int LONGEST_DETAIL = 140;

  private final String project;
  private final String environment;
  private final RunningSet running;
  private Holder holder;
  private final List<LeaseRequest> queue;
  private long leases;
  private final List<OpenRun> open;
  private final List<LedgerRequest> noted;
  private final RequestAnswers answers;
  private final Quarantine quarantine;
  private final Chronicle history;
  private final DecisionBook decisions;
  private final RecordedMerges merges;
  private final Orders orders;
  private final TriggerBook triggers;
  private final List<String> over;
  private final List<RunReport> early;
  private final UntoldRuns untold;
  private final Afterwards afterwards;
  private final Clockwork clockwork;

  Ledger(LedgerState state) {
    project = state.project();
    environment = state.environment();
    running = new RunningSet(state);
    holder = state.holder();
    queue = new ArrayList<>(state.queue());
    leases = state.leases();
    open = new ArrayList<>(state.open());
    noted = new ArrayList<>(state.noted());
    answers = new RequestAnswers(state.answers());
    quarantine = new Quarantine(state.quarantine(), state.sealedQuarantine());
    history = new Chronicle(state.history(), state.sealed());
    decisions = new DecisionBook(history, state.decided());
    merges = new RecordedMerges(state.merges());
    orders = new Orders(state.orders(), state.orderAnswers());
    triggers = new TriggerBook(state.triggers());
    over = new ArrayList<>(state.over());
    early = new ArrayList<>(state.early());
    untold = new UntoldRuns(state.untold());
    afterwards = new Afterwards(state.afterwards());
    clockwork = new Clockwork(state);
  }

  LedgerState state() {
    return new LedgerState(
        project,
        environment,
        running.live(),
        running.mixed(),
        running.former(),
        holder,
        queue,
        leases,
        open,
        noted,
        answers.all(),
        quarantine.newest(),
        quarantine.sealed(),
        history.entries(),
        merges.all(),
        over,
        early,
        untold.all(),
        running.earlier(),
        afterwards.runs(),
        clockwork.backups(),
        history.sealed(),
        orders.standing(),
        orders.answers(),
        triggers.memory(),
        decisions.known(),
        running.released(),
        clockwork.monitor());
  }

  String project() {
    return project;
  }

  String environment() {
    return environment;
  }

  // ---- requests

  RequestAnswers answers() {
    return answers;
  }

  void note(LedgerRequest request) {
    if (noted.stream().noneMatch(known -> known.requestId().equals(request.requestId()))) {
      noted.add(request);
    }
  }

  List<LedgerRequest> takeNoted() {
    List<LedgerRequest> taken = List.copyOf(noted);
    noted.clear();
    return taken;
  }

  /** Notes a start; a run may have ended before the engine told us that it began. */
  void started(OpenRun run) {
    if (over.contains(run.runId())) {
      return;
    }
    open.removeIf(known -> known.workflowId().equals(run.workflowId()));
    open.add(run);
    early.stream()
        .filter(report -> report.runId().equals(run.runId()))
        .findFirst()
        .ifPresent(this::ended);
  }

  Optional<OpenRun> openRun(String workflowId) {
    return open.stream().filter(run -> run.workflowId().equals(workflowId)).findFirst();
  }

  /** Runs under way that do not hold the lease, oldest first. */
  List<OpenRun> waiting() {
    return open.stream()
        .filter(run -> holder == null || !run.workflowId().equals(holder.workflowId()))
        .toList();
  }

  boolean busy() {
    return !open.isEmpty() || holder != null;
  }

  /** The revision that a recorded merge commit stands for; the commit itself otherwise. */
  String revisionBehind(String commit) {
    return merges.revisionBehind(commit);
  }

  Quarantine quarantine() {
    return quarantine;
  }

  // ---- what people order

  Orders orders() {
    return orders;
  }

  TriggerBook triggers() {
    return triggers;
  }

  /** Carries out an order whose door and person count. */
  OrderAnswer order(LedgerOrder order, String person, OrderRights rights, Instant now) {
    return switch (order.kind()) {
      case QUARANTINE ->
          orders.took(quarantine.order(order.commit(), person, clip(order.reason()), now));
      case UNQUARANTINE ->
          order.mended() == null
              ? quarantine.lift(order.commit(), person, rights)
              : quarantine.mend(order.commit(), order.mending(person), rights);
      default -> orders.take(order, person, rights.mayOverride(person), now);
    };
  }

  // ---- the lease

  /** Queues the asker, unless it holds the lease or stands in the queue already. */
  void ask(LeaseRequest request) {
    if (!holds(request.runId())
        && queue.stream().noneMatch(one -> one.runId().equals(request.runId()))) {
      queue.add(request);
    }
  }

  boolean holds(String runId) {
    return holder != null && holder.runId().equals(runId);
  }

  /** The next in the queue gets the lease, when nobody holds it. */
  Optional<LeaseGrant> grantNext(Instant now) {
    if (holder != null || queue.isEmpty()) {
      return Optional.empty();
    }
    LeaseRequest next = queue.remove(0);
    return Optional.of(hold(next.workflowId(), next.runId(), next.revision(), now));
  }

  LeaseGrant hold(String workflowId, String runId, String revision, Instant now) {
    holder = new Holder(workflowId, runId, revision, ++leases, now);
    return grant();
  }

  /** The present holder's grant, for who asks again. */
  LeaseGrant grant() {
    return new LeaseGrant(
        holder.runId(), holder.number(), record(holder.revision()), history.head());
  }

  /** The run that the lease was taken for has started: it is known by its run id from now on. */
  void heldBy(String runId) {
    holder =
        new Holder(holder.workflowId(), runId, holder.revision(), holder.number(), holder.since());
  }

  Holder holder() {
    return holder;
  }

  boolean somebodyWaits() {
    return !queue.isEmpty();
  }

  void release(String runId, long number) {
    if (holder != null && holder.runId().equals(runId) && holder.number() == number) {
      holder = null;
    }
  }

  /**
   * A run that closed while it waited, without a word.
   *
   * @param ending how, in words; null = not known
   */
  void closedWaiting(String runId, String ending, Instant at) {
    if (!holds(runId)) {
      closedUnheard(runId, ending, at);
    }
  }

  /** A run that closed without a word, having changed nothing. */
  void closedUnheard(String runId, String ending, Instant at) {
    Optional<OpenRun> closed = open.stream().filter(run -> run.runId().equals(runId)).findFirst();
    closed.ifPresent(run -> ended(RunReport.unheard(run, ending, at)));
    forget(runId);
  }

  /** Runs that closed without a word, and what is still to be said of them, oldest first. */
  UntoldRuns untold() {
    return untold;
  }

  /** A run that the engine knows as closed: it holds nothing and waits for nothing. */
  void forget(String runId) {
    queue.removeIf(request -> request.runId().equals(runId));
    open.removeIf(run -> run.runId().equals(runId));
    if (holds(runId)) {
      holder = null;
    }
    early.removeIf(report -> report.runId().equals(runId));
    afterwards.remove(runId);
    if (!over.contains(runId)) {
      over.add(runId);
      trim(over, MOST_OVER);
    }
  }

  // ---- what happened

  /** Takes a report once; of a run whose start is not noted yet, when that comes. */
  void ended(RunReport report) {
    boolean repeated = report.goesOn() && afterwards.has(report.runId());
    if (over.contains(report.runId()) || repeated) {
      return;
    }
    if (!known(report.runId())) {
      queue.removeIf(request -> request.runId().equals(report.runId()));
      early.removeIf(other -> other.runId().equals(report.runId()));
      early.add(report);
      trim(early, MOST_EARLY);
      return;
    }
    if (report.goesOn()) {
      goesOn(report);
    } else {
      forget(report.runId());
    }
    afterwards.liveBy(report);
    orders.ended(report, running.live(), byHand(report.workflowId()));
    running.changedBy(report, byHand(report.workflowId()));
    if (report.live() != null && report.live().mergeCommit() != null) {
      merges.add(new RecordedMerge(report.live().mergeCommit(), report.live().revision()));
    }
    if (report.quarantine()) {
      quarantine.add(report, running.lastGood());
    }
    history.write(HistoryEntry.of(report));
    if (report.inItsPlace()) {
      untold.add(report);
    }
  }

  /** It gives back its lease and stands in nobody's way. */
  private void goesOn(RunReport report) {
    release(report.runId(), report.lease());
    openRun(report.workflowId()).ifPresent(afterwards::add);
    open.removeIf(run -> run.runId().equals(report.runId()));
  }

  Clockwork clockwork() {
    return clockwork;
  }

  /** Promotions that wait for what comes after their soak. */
  Afterwards afterwards() {
    return afterwards;
  }

  Chronicle history() {
    return history;
  }

  DecisionBook decisions() {
    return decisions;
  }

  private boolean known(String runId) {
    return holds(runId)
        || afterwards.has(runId)
        || open.stream().anyMatch(run -> run.runId().equals(runId));
  }

  private boolean byHand(String workflowId) {
    return Starts.byHand(project, environment).contains(workflowId);
  }

  /** What runs, and what a rollback goes back to. */
  RunningSet running() {
    return running;
  }

  /**
   * What is on record about one commit, whichever of its names it goes by.
   *
   * @param commit null = of a run whose commit is not known
   */
  LedgerRecord record(String commit) {
    return new LedgerRecord(
        running.lastGood(),
        running.mixed() != null,
        Optional.ofNullable(commit).flatMap(quarantine::find).stream().toList(),
        merges.of(commit),
        orders.standing(),
        history.schema(),
        running.released());
  }

  LedgerStatus status(int messages) {
    return new LedgerStatus(
        environment,
        running.live(),
        running.mixed(),
        running.rollbackTarget(null).orElse(null),
        holder,
        Stream.concat(waiting().stream(), afterwards.runs().stream())
            .map(OpenRun::workflowId)
            .distinct()
            .toList(),
        quarantine.newest(),
        quarantine.sealed().size(),
        history.entries(),
        messages,
        running.targets(),
        clockwork.backups(),
        history.sealed(),
        orders.standing(),
        triggers.memory(),
        clockwork.monitor());
  }

  static void trim(List<?> list, int most) {
    while (list.size() > most) {
      list.remove(0);
    }
  }

  static String clip(String text) {
    return Excerpt.of(text, LONGEST_DETAIL);
  }
}
