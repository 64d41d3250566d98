package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Reason;
import dev.signalbox.workflows.backup.BackupRound;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.migration.DowngradePlan;
import dev.signalbox.workflows.monitor.MonitorRun;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowLock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One loop grants the lease, looks for orphans and turns the page; handlers only record, except for
 * the request, which a person waits for.
 */
public final class EnvironmentWorkflowImpl implements EnvironmentWorkflow {
  /**
   * Messages after which the ledger continues as new, at once: under load there is no quiet moment
   * to wait for.
   */
  static final int TURN_AFTER = 500;

  private final Ledger ledger;
  private final Leases leases;
  private final Epilogue epilogue;
  private final Reverts reverts;
  private final Sealing sealing;
  private final PromotionDoor promotions;
  private final RollbackDoor rollbacks;
  private final RedeployDoor redeploys;
  private final MigrateDoor migrations;
  private final RestoreDoor restores;
  private final OrderDoor orders;
  private final Triggers triggers;
  private final MonitorLine monitor;
  private final LedgerProofs proofs;
  private final PolicyTold policy;
  private final Set<String> inProgress = new HashSet<>();
  private int carried;
  private int messages;
  private boolean turning;

  @WorkflowInit
  public EnvironmentWorkflowImpl(LedgerState state) {
    this.ledger = new Ledger(state);
    TaskQueues queues = new TaskQueues(state.project());
    WorkflowLock startLock = Workflow.newWorkflowLock();
    this.leases = new Leases(ledger, queues);
    this.epilogue = new Epilogue(ledger, queues);
    this.reverts = new Reverts(ledger, queues);
    this.sealing = new Sealing(ledger, queues);
    this.promotions = new PromotionDoor(ledger, leases, epilogue, queues, startLock);
    this.rollbacks = new RollbackDoor(ledger, leases, queues, startLock);
    this.redeploys = new RedeployDoor(ledger, leases, queues, startLock);
    this.migrations = new MigrateDoor(ledger, leases, queues, startLock);
    this.restores = new RestoreDoor(ledger, leases, queues, startLock);
    this.orders = new OrderDoor(ledger, queues);
    this.proofs = new LedgerProofs(ledger);
    this.policy = new PolicyTold(ledger);
    this.monitor = new MonitorLine(ledger);
    this.triggers = new Triggers(ledger, queues, this::request);
  }

  @Override
  public void run(LedgerState same) {
    for (LedgerRequest request : ledger.takeNoted()) {
      carried++;
      Async.procedure(() -> carriedOver(request));
    }
    while (!turning) {
      awaitNews();
      leases.grant();
      leases.lookWhenDue();
      epilogue.begin();
      reverts.begin();
      sealing.begin();
      triggers.begin();
      monitor.tell();
      ledger.afterwards().tell();
      orders.tell();
      turning = pageFull();
    }
    do {
      Workflow.await(this::quiet);
      leases.repeatGrants();
      ledger.afterwards().tell();
      orders.tell();
    } while (!orders.idle());
    Workflow.newContinueAsNewStub(EnvironmentWorkflow.class).run(ledger.state());
  }

  private boolean quiet() {
    return Workflow.isEveryHandlerFinished() && carried == 0 && triggers.idle() && orders.idle();
  }

  private void awaitNews() {
    Duration look = ledger.somebodyWaits() || ledger.busy() ? leases.untilNextLook() : null;
    Duration longest = sooner(look, sooner(orders.untilNextEnd(), triggers.untilOpening()));
    if (longest == null) {
      Workflow.await(this::hasNews);
    } else if (longest.compareTo(Duration.ZERO) > 0) {
      Workflow.await(longest, this::hasNews);
    }
  }

  /** Null stands for never. */
  private static Duration sooner(Duration one, Duration other) {
    return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
  }

  private boolean hasNews() {
    return pageFull()
        || leases.hasNews()
        || epilogue.hasNews()
        || reverts.hasNews()
        || sealing.hasNews()
        || orders.hasNews()
        || triggers.hasNews()
        || monitor.hasNews()
        || ledger.afterwards().hasNews();
  }

  private boolean pageFull() {
    return messages >= TURN_AFTER || Workflow.getInfo().isContinueAsNewSuggested();
  }

  private void carriedOver(LedgerRequest request) {
    try {
      request(request);
    } catch (ApplicationFailure refused) {
      // Nobody waits for this answer any more; who asks again with the same id gets a fresh try.
      Workflow.getLogger(EnvironmentWorkflowImpl.class)
          .info("carried request refused request={}", request.requestId());
    } finally {
      carried--;
    }
  }

  // ---- the lease

  @Override
  public void leaseRequested(LeaseRequest request) {
    messages++;
    leases.requested(request);
  }

  @Override
  public void leaseReleased(LeaseRelease release) {
    messages++;
    ledger.release(release.runId(), release.number());
  }

  @Override
  public void runEnded(RunReport report) {
    messages++;
    ledger.ended(report);
  }

  @Override
  public void decided(RunDecision decision) {
    messages++;
    ledger.decisions().enter(decision);
  }

  @Override
  public void backupScheduled(BackupRound round) {
    messages++;
    ledger.clockwork().backupScheduled(round);
  }

  @Override
  public void backupsUnscheduled() {
    messages++;
    ledger.clockwork().backupScheduled(null);
  }

  @Override
  public void monitored(MonitorRun run) {
    messages++;
    ledger.clockwork().monitored(run);
  }

  @Override
  public void unmonitored() {
    messages++;
    ledger.clockwork().monitored(null);
  }

  @Override
  public void outageOver(OutageReport report) {
    messages++;
    ledger.history().write(HistoryEntry.of(report));
  }

  @Override
  public void hint(Hint hint) {
    messages++;
    if (hint.aboutPolicy()) {
      policy.tell(hint);
    }
    triggers.heard(hint);
  }

  // ---- orders

  @Override
  public void validateOrder(LedgerOrder order) {
    OrderDoor.validate(order);
  }

  @Override
  public OrderAnswer order(LedgerOrder order) {
    messages++;
    return orders.take(order);
  }

  @Override
  public void ordered(LedgerOrder order) {
    try {
      OrderDoor.validate(order);
      messages++;
      orders.takeOrRefuse(order);
    } catch (IllegalArgumentException nobodyHears) {
      Workflow.getLogger(EnvironmentWorkflowImpl.class)
          .info("order not taken decision={}", order.decisionId());
    }
  }

  // ---- requests

  @Override
  public void validateRequest(LedgerRequest request) {
    if (request.requestId() == null || request.requestId().isBlank()) {
      throw new IllegalArgumentException("requestId is missing");
    }
    if (request.kind() == null) {
      throw new IllegalArgumentException(
          "kind is missing: promote, rollback, redeploy, restart, migrate, restore or downgrade");
    }
    Reason.tooLong(request.reason())
        .or(
            () ->
                request.kind() == LedgerRequest.Kind.DOWNGRADE
                    ? DowngradePlan.mistake(request.schema())
                    : Optional.empty())
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    if (request.revision() != null && !request.revision().matches("[0-9a-f]{7,40}")) {
      throw new IllegalArgumentException("revision: want 7 to 40 hex digits, lower case");
    }
  }

  @Override
  public RequestAnswer request(LedgerRequest request) {
    messages++;
    // It may be under way already: carried over from the page before, and asked again meanwhile.
    Workflow.await(() -> !inProgress.contains(request.requestId()));
    Optional<RequestAnswer> known = ledger.answers().to(request.requestId());
    if (known.isPresent()) {
      return known.get();
    }
    if (turning) {
      ledger.note(request);
      return new RequestAnswer(
          null,
          null,
          Outcome.QUEUED,
          "the ledger turns its page; ask again with the same id",
          true);
    }
    inProgress.add(request.requestId());
    try {
      RequestAnswer answer = orders.locked(request).orElseGet(() -> decided(request));
      enter(request, answer);
      return ledger.answers().keep(request.requestId(), answer);
    } finally {
      inProgress.remove(request.requestId());
    }
  }

  private void enter(LedgerRequest request, RequestAnswer answer) {
    boolean taken =
        switch (answer.outcome()) {
          case STARTED, QUEUED -> true;
          // Nobody asks in what comes by itself once more for what is under way.
          case JOINED -> !request.automatic();
          case REFUSED, ALREADY_THERE -> false;
        };
    boolean proved = taken && proofs.hold(request.words(proofs.ledgerId()), request.proof());
    Instant at = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    if (taken) {
      ledger.history().asked(request, proved, answer, at);
    } else {
      ledger.history().refused(request, answer, at);
    }
  }

  private RequestAnswer decided(LedgerRequest request) {
    return switch (request.kind()) {
      case PROMOTE -> promotions.answer(request);
      case ROLLBACK -> rollbacks.answer(request);
      case REDEPLOY, RESTART -> redeploys.answer(request);
      case MIGRATE, DOWNGRADE -> migrations.answer(request);
      case RESTORE -> restores.answer(request);
    };
  }

  @Override
  public LedgerStatus status() {
    return ledger.status(messages);
  }

  @Override
  public OrderAnswer answered(String decisionId) {
    return ledger.orders().answer(decisionId).orElse(null);
  }

  @Override
  public LedgerRecord record(String commit) {
    return ledger.record(commit);
  }

  @Override
  public QuarantineReport quarantined(QuarantineQuery query) {
    return ledger.quarantine().among(query.commits());
  }
}
