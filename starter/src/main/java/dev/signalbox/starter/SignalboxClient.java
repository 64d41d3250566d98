package dev.signalbox.starter;

import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.arrival.ArrivalReport;
import dev.signalbox.workflows.arrival.ArrivalRequest;
import dev.signalbox.workflows.backup.BackupReport;
import dev.signalbox.workflows.backup.BackupRequest;
import dev.signalbox.workflows.environment.LedgerArchive.PagesQuery;
import dev.signalbox.workflows.environment.LedgerArchive.PagesReading;
import dev.signalbox.workflows.environment.LedgerOrder;
import dev.signalbox.workflows.environment.LedgerRequest;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.OrderAnswer;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.environment.Sealed;
import dev.signalbox.workflows.environment.SealedPage;
import dev.signalbox.workflows.github.LevelReport;
import dev.signalbox.workflows.logs.LogsReport;
import dev.signalbox.workflows.logs.LogsRequest;
import dev.signalbox.workflows.plan.PlanReport;
import dev.signalbox.workflows.plan.SchemaReport;
import dev.signalbox.workflows.plan.SchemaRequest;
import dev.signalbox.workflows.promotion.PromotionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Every start, update, signal and query that we send, typed. Its failures are {@link
 * TroubleException}s: they tell an engine that does not answer from one that has no worker.
 *
 * <p>Safe for use by several threads.
 */
public final class SignalboxClient {
  /** How long a query or a decision may take before no worker is assumed. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  private final EngineCalls calls;
  private final LedgerClient ledgers;
  private final OrderClient orders;
  private final RunClient runs;
  private final PlanClient plans;
  private final BackupClient backups;
  private final PreviewClient previews;

  /**
   * @param project as {@code [project] name} gives it
   */
  public SignalboxClient(EngineConnection engine, String project) {
    this(engine, project, Instant.now());
  }

  /**
   * @param project as {@code [project] name} gives it
   * @param asked when the person began to wait, who is promised an answer within ten seconds
   */
  public SignalboxClient(EngineConnection engine, String project, Instant asked) {
    this(engine, project, asked, Optional.empty());
  }

  /**
   * @param project as {@code [project] name} gives it
   * @param asked when the person began to wait, who is promised an answer within ten seconds
   * @param sender who speaks through a door that knows them, and whose requests carry its proof
   */
  public SignalboxClient(
      EngineConnection engine, String project, Instant asked, Optional<Sender> sender) {
    this.calls = new EngineCalls(engine, project, new Patience(asked));
    this.ledgers = new LedgerClient(calls, sender);
    this.orders = new OrderClient(calls);
    this.runs = new RunClient(calls);
    this.plans = new PlanClient(calls);
    this.backups = new BackupClient(calls);
    this.previews = new PreviewClient(calls);
  }

  public String project() {
    return calls.project();
  }

  /** Calls end at this moment at the latest, whoever hangs. */
  public void endsAt(Instant moment) {
    calls.patience().endsAt(moment);
  }

  // ---- ledgers

  /** Asks for a promotion; a new request each time, whose retries are one to the ledger. */
  public RequestAnswer promote(
      String environment, String revision, String requester, String reason) {
    return promote(environment, revision, null, requester, reason);
  }

  /**
   * Asks for a promotion of one service without the others.
   *
   * @param service null = every service
   */
  public RequestAnswer promote(
      String environment, String revision, String service, String requester, String reason) {
    return ledgers.promote(environment, revision, service, requester, reason);
  }

  /**
   * Asks for a promotion that skips what the policy lists for emergencies.
   *
   * @param service null = every service
   */
  public RequestAnswer promoteInEmergency(
      String environment, String revision, String service, String requester, String reason) {
    return ledgers.promoteInEmergency(environment, revision, service, requester, reason);
  }

  /**
   * Asks for a rollback by hand.
   *
   * @param deployment null = the set before the present one
   */
  public RequestAnswer rollback(
      String environment, String deployment, String requester, String reason) {
    return ledgers.rollback(environment, deployment, requester, reason);
  }

  /**
   * Asks for what is live once more: built again, or its containers started again.
   *
   * @param service null = every service
   */
  public RequestAnswer redeploy(
      String environment, String service, boolean restart, String requester, String reason) {
    return ledgers.redeploy(environment, service, restart, requester, reason);
  }

  /**
   * Asks the environment's ledger for a commit's migrations without a deploy.
   *
   * @param revision 7 to 40 hex; null = the one that is live
   */
  public RequestAnswer migrate(
      String environment, String revision, String requester, String reason) {
    return ledgers.migrate(environment, revision, requester, reason);
  }

  /**
   * Asks for an environment's database to be brought back to a backup.
   *
   * @param deployment of the set that is to run then; null = what runs
   * @param inPlace whether no second database is made: nothing of the present one is kept beside
   */
  public RequestAnswer restore(
      String environment,
      String backup,
      String deployment,
      boolean inPlace,
      String requester,
      String reason) {
    return ledgers.restore(environment, backup, deployment, inPlace, requester, reason);
  }

  /**
   * Asks the environment's ledger to take its schema back.
   *
   * @param revision the commit whose code does it; null = the one that is live
   * @param to the schema revision to go down to
   */
  public RequestAnswer downgrade(
      String environment, String revision, String to, String requester, String reason) {
    return ledgers.downgrade(environment, revision, to, requester, reason);
  }

  /**
   * Asks the ledger; one that has ended is started with the request. While the ledger turns its
   * page, asks again with the same request id, so that the request counts once.
   *
   * @throws TroubleException exit 3, when no worker answers or none ever opened the ledger
   */
  public RequestAnswer request(String environment, LedgerRequest request) {
    return ledgers.request(environment, request);
  }

  /**
   * Takes what a person orders of an environment to its ledger; where no worker answers, as a
   * signal that the engine keeps.
   *
   * @param order with its {@code decisionId} set
   * @return empty = recorded, and not judged yet
   */
  public Optional<OrderAnswer> order(String environment, LedgerOrder order) {
    return orders.order(environment, order);
  }

  /** Leaves an order with the engine, which keeps it; its ledger judges it when a worker runs. */
  public void leave(String environment, LedgerOrder order) {
    orders.leave(environment, order);
  }

  /**
   * What became of an order that was left; empty = it is not judged yet, or too long ago.
   *
   * @param ledger id of the ledger that it was left with
   */
  public Optional<OrderAnswer> answered(String ledger, String decisionId) {
    return orders.answered(ledger, decisionId);
  }

  /** What the ledger says; empty when no worker ever started it. */
  public Optional<LedgerStatus> ledger(String environment) {
    return ledgers.ledger(environment);
  }

  /**
   * The commit that a merge of ours stands for there; any other commit is itself.
   *
   * @param commit 40 hex
   */
  public String behind(String environment, String commit) {
    return ledgers.behind(environment, commit);
  }

  /**
   * What the engine alone knows, with no worker: ids of the runs that this environment's ledger
   * started and that are still open, newest first. A ledger that has turned its page since is not
   * asked about the earlier ones.
   */
  public List<String> openRuns(String environment) {
    return ledgers.openRuns(environment);
  }

  // ---- backups

  /**
   * Takes, lists or verifies backups, and waits for the end.
   *
   * @param tried in words
   * @param started told the id of the run, which goes on whoever leaves
   * @throws TroubleException exit 1, when the backup is not good; exit 3, when somebody was not
   *     reached
   */
  public BackupReport backups(String tried, BackupRequest request, Consumer<String> started) {
    return backups.run(tried, request, started);
  }

  /** Those of one environment that the clock takes. */
  public BackupSchedule backupSchedule(String environment) {
    return new BackupSchedule(calls, environment);
  }

  /** The health monitor of one environment. */
  public MonitorClient monitor(String environment) {
    return new MonitorClient(calls, ledgers, environment);
  }

  public IncidentClient incidents() {
    return new IncidentClient(calls);
  }

  // ---- previews

  public PreviewClient previews() {
    return previews;
  }

  // ---- runs

  /** Where a promotion, deploy or rollback stands; empty when the engine knows no such run. */
  public Optional<PromotionStatus> status(String workflowId) {
    return runs.status(workflowId);
  }

  /**
   * As {@link #status}; of a run that ended without a result (terminated, or broken) only what the
   * engine alone knows.
   */
  public Optional<PromotionStatus> standing(String workflowId) {
    return runs.standing(workflowId);
  }

  /**
   * What the engine alone knows of a run, with no worker: whether it runs, and its stage. Empty
   * when it knows no such run.
   */
  public Optional<Described> describe(String workflowId) {
    return calls.describe(workflowId);
  }

  /** Whether the release that a deploy watches is verified already, and soaks. */
  Optional<SoakBegun> soakBegun(String workflowId) {
    return SoakBegun.of(calls, workflowId);
  }

  /** Who gives a run no answer at this moment, though it asks again and again. */
  public List<Silent> silences(String workflowId) {
    return new Silences(calls).of(workflowId);
  }

  /**
   * Takes a decision to its run: as an update, which is answered at once; and when no worker
   * answers in {@link #PATIENCE}, as a signal with the same decision id, which the engine keeps.
   *
   * @param message with its {@code decisionId} set
   */
  public Decided decide(String workflowId, DecideMessage message) {
    return runs.decide(workflowId, message);
  }

  /**
   * Leaves a decision with the engine, which keeps it; nobody waits for what its run says to it.
   *
   * @param message with its {@code decisionId} set
   */
  public Decided leave(String workflowId, DecideMessage message) {
    return runs.leave(workflowId, message);
  }

  /** Asks a run to end; what that means is the run's own decision. */
  public void cancel(String workflowId) {
    runs.cancel(workflowId);
  }

  // ---- what only a worker can read

  /**
   * What a promotion would do; reads only.
   *
   * @param revision null = the head of the source branch
   * @param service the one that would be deployed alone; null = all
   */
  public PlanReport plan(
      String environment, String revision, String service, Optional<LedgerStatus> ledger) {
    return plans.plan(environment, revision, service, ledger);
  }

  /**
   * Whether a rollback could put the former set back now, and what somebody else has deployed
   * since; unknown when nobody says so in time.
   *
   * @param ledger null = there is none yet
   * @param patience how long a worker and Railway may take
   */
  public PlanReport standing(String environment, LedgerStatus ledger, Duration patience) {
    return plans.standing(environment, ledger, patience);
  }

  /** By deployment of the sets to go back to: whether Railway has its image; absent = not known. */
  public Map<String, Boolean> keptImages(LedgerStatus ledger) {
    return plans.keptImages(ledger);
  }

  /**
   * What is pending on an environment's database; reads only.
   *
   * @param revision 7 to 40 hex; null = the head of the source branch
   */
  public SchemaReport schema(String environment, String revision) {
    return plans.schema(
        new SchemaRequest(project(), environment, revision, null, true, null, null));
  }

  /**
   * Where a database stands.
   *
   * @param revision as above
   * @param running the commit that is live; null = it is not asked about
   * @param backup what was written since is counted; null = it is not
   */
  public SchemaReport schemaStanding(
      String environment, String revision, String running, String backup) {
    return plans.schema(
        new SchemaRequest(project(), environment, revision, running, false, null, backup));
  }

  /**
   * What leads to one schema revision, up or down.
   *
   * @param running the commit that is live, by whose code it goes down where none is named
   */
  public SchemaReport schemaTowards(
      String environment, String revision, String running, String to) {
    return plans.schema(
        new SchemaRequest(project(), environment, revision, running, true, to, null));
  }

  /**
   * Of the history that lies in the archive as many of the newest pages as hold so many entries.
   */
  public PagesReading sealedHistory(String environment, Sealed sealed, int entries) {
    Deque<SealedPage> wanted = new ArrayDeque<>();
    int missing = entries;
    for (int at = sealed.pages().size() - 1; at >= 0 && missing > 0; at--) {
      wanted.addFirst(sealed.pages().get(at));
      missing -= sealed.pages().get(at).entries();
    }
    return wanted.isEmpty()
        ? new PagesReading(null, null)
        : plans.pages(new PagesQuery(project(), environment, List.copyOf(wanted)));
  }

  /** The hash of an entry that GitHub keeps, read by a worker. */
  public PagesReading keptAtGitHub(String environment, String repository) {
    return plans.pages(new PagesQuery(project(), environment, null, repository));
  }

  /** The history that lies in these pages of the archive. */
  public PagesReading pages(String environment, List<SealedPage> pages) {
    return plans.pages(new PagesQuery(project(), environment, pages));
  }

  /** The newest log lines; with patience in the request the answer comes when there is one. */
  public LogsReport logs(LogsRequest request) {
    return plans.logs(request);
  }

  /**
   * Whether a commit has arrived; answered when it has, has failed, or the request's time is up.
   */
  public ArrivalReport arrival(ArrivalRequest request) {
    return plans.arrival(request);
  }

  /**
   * Has the branch that an environment is promoted from brought level with its own.
   *
   * @throws TroubleException exit 3, when nobody answered; exit 1, when it was refused
   */
  public LevelReport sync(String environment) {
    return plans.sync(environment);
  }

  // ---- who is not there

  /** Whether the engine answered last and no worker did; a worker that answers ends that. */
  public boolean workerless() {
    return calls.workerless();
  }

  /** The engine answers, and no worker does, or none ever did. */
  public TroubleException withoutWorker(String what, String workflowId) {
    return calls.withoutWorker(what, workflowId);
  }
}
