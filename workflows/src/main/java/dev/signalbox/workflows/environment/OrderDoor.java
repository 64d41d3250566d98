package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Proofs;
import dev.signalbox.workflows.approval.Reason;
import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import dev.signalbox.workflows.environment.LedgerStatus.Holder;
import dev.signalbox.workflows.policy.EnvironmentPolicy;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowLock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes what people order of the environment: by the rules of a decision, one after the other, each
 * once; and tells the runs that wait.
 */
final class OrderDoor {
  private static final Set<LedgerRequest.Kind> BY_HAND =
      Set.of(
          LedgerRequest.Kind.REDEPLOY,
          LedgerRequest.Kind.RESTART,
          LedgerRequest.Kind.RESTORE,
          LedgerRequest.Kind.DOWNGRADE);

  /**
   * What closes the environment to the run that holds it, too, as long as that has done nothing.
   */
  private static final Set<Kind> CLOSING =
      Set.of(Kind.FREEZE, Kind.LOCK, Kind.HOLD, Kind.QUARANTINE);

  private final Ledger ledger;
  private final RequestReading reading;
  private final LedgerProofs proofs;
  private final Handovers handovers;
  private final WorkflowLock oneByOne = Workflow.newWorkflowLock();

  OrderDoor(Ledger ledger, TaskQueues queues) {
    this.ledger = ledger;
    this.reading = new RequestReading(ledger, queues);
    this.proofs = new LedgerProofs(ledger);
    this.handovers = new Handovers(ledger, reading, queues);
  }

  /** What is wrong with it before anybody is asked. */
  static void validate(LedgerOrder order) {
    require(order.decisionId(), "decisionId");
    require(order.kind() == null ? null : order.kind().word(), "kind");
    require(order.person(), "person");
    require(order.reason(), "reason");
    Reason.tooLong(order.reason()).ifPresent(OrderDoor::refuse);
    if (order.kind() == Kind.OVERRIDE) {
      require(order.promotion(), "promotion");
    }
    boolean quarantine = order.kind() == Kind.QUARANTINE || order.kind() == Kind.UNQUARANTINE;
    if (quarantine && (order.commit() == null || !order.commit().matches("[0-9a-f]{7,40}"))) {
      refuse("commit: want 7 to 40 hex digits, lower case");
    }
    if (order.mended() != null
        && (order.kind() != Kind.UNQUARANTINE || !order.mended().matches("[0-9a-f]{7,40}"))) {
      refuse("mended: want 7 to 40 hex digits, lower case, of an unquarantine");
    }
  }

  private static void require(String value, String name) {
    if (value == null || value.isBlank()) {
      refuse(name + " is missing");
    }
  }

  private static void refuse(String why) {
    throw new IllegalArgumentException(why);
  }

  /** Judges and records it; the same id twice has one answer. */
  OrderAnswer take(LedgerOrder order) {
    oneByOne.lock();
    try {
      Optional<OrderAnswer> known = ledger.orders().answer(order.decisionId());
      if (known.isPresent()) {
        return known.get();
      }
      Pipeline pipeline = reading.policy();
      boolean proved = proofs.hold(order.words(proofs.ledgerId()), order.proof());
      String person = Person.nameOf(order.person(), pipeline.people());
      OrderRights rights = OrderRights.of(pipeline);
      ledger.orders().onlyKnown(rights);
      Optional<String> refusal = refusal(order, pipeline, proved);
      LedgerOrder whole = refusal.isPresent() ? order : whole(order, pipeline);
      OrderAnswer answer =
          refusal
              .or(() -> mendsNothing(whole, pipeline))
              .map(OrderAnswer::refused)
              .orElseGet(() -> ledger.order(whole, person, rights, now()));
      entered(whole, person, proved, answer, passed(whole, pipeline, answer));
      return answer.counted() && !answer.queued() ? toldToHolder(whole, answer) : answer;
    } finally {
      oneByOne.unlock();
    }
  }

  /** As {@link #take}, for who does not wait: what cannot be judged is refused, on record. */
  void takeOrRefuse(LedgerOrder order) {
    try {
      take(order);
    } catch (ApplicationFailure notJudged) {
      OrderAnswer refused = OrderAnswer.refused(notJudged.getOriginalMessage());
      entered(order, order.person(), false, refused, null);
    }
  }

  /** Keeps the answer, and what was done, or refused, on record. */
  private OrderAnswer entered(
      LedgerOrder order, String person, boolean proved, OrderAnswer answer, String passed) {
    ledger.orders().answered(order.decisionId(), answer);
    ledger.history().write(HistoryEntry.of(order, person, proved, answer, passed, now()));
    return answer;
  }

  /**
   * With the commits that the start of one means, which GitHub knows. One that is to be refused is
   * looked up in any case: one that there is not protects from nothing.
   */
  private LedgerOrder whole(LedgerOrder order, Pipeline pipeline) {
    return order.aboutGitHub()
        ? order.about(
            order.kind() == Kind.QUARANTINE
                ? reading.commit(pipeline, order.commit())
                : full(order.commit(), pipeline),
            full(order.mended(), pipeline))
        : order;
  }

  private String full(String start, Pipeline pipeline) {
    return start == null || start.length() == 40 ? start : reading.commit(pipeline, start);
  }

  private Optional<String> mendsNothing(LedgerOrder order, Pipeline pipeline) {
    return order.mended() == null || reading.follows(pipeline, order.commit(), order.mended())
        ? Optional.empty()
        : Optional.of(
            order.mended() + " does not contain " + order.commit() + ", so it mends nothing of it");
  }

  private Optional<String> refusal(LedgerOrder order, Pipeline pipeline, boolean proved) {
    EnvironmentPolicy environment = pipeline.environment();
    if (!proved && !environment.trust().contains(order.door())) {
      return Optional.of(Proofs.wanted(order.door(), order.proof()));
    }
    boolean known =
        pipeline.people().isEmpty()
            || pipeline.people().stream().anyMatch(one -> one.answersTo(order.person()));
    if (!known) {
      return Optional.of("'" + order.person() + "' is nobody that [people] of the file names");
    }
    if (order.kind() == Kind.OVERRIDE && ledger.openRun(order.promotion()).isEmpty()) {
      return Optional.of(order.promotion() + " is no promotion that is under way here");
    }
    if (order.kind() == Kind.OVERRIDE && !frozen(pipeline).holds()) {
      return Optional.of(
          "nothing is frozen now; an override is for the freeze that holds when it is given");
    }
    return Optional.empty();
  }

  private Frozen frozen(Pipeline pipeline) {
    return new Frozen(ledger.orders().inForce(), pipeline.environment().times().freezes(), now());
  }

  /** Which freeze an override is for; null = it is none, or was refused. */
  private String passed(LedgerOrder order, Pipeline pipeline, OrderAnswer answer) {
    return order.kind() == Kind.OVERRIDE && answer.counted() ? frozen(pipeline).names() : null;
  }

  // ---- what else is asked of the ledger

  /**
   * Why what somebody wants to do by hand is refused: somebody else has the environment to
   * themselves. A rollback passes, and promotions and migrations have a gate for it.
   */
  Optional<RequestAnswer> locked(LedgerRequest request) {
    Optional<StandingOrder> lock = ledger.orders().locked(now());
    if (lock.isEmpty() || !BY_HAND.contains(request.kind())) {
      return Optional.empty();
    }
    String asks = Person.nameOf(request.requester(), reading.policy().people());
    return lock.filter(order -> !order.person().equals(asks))
        .map(
            order ->
                RequestAnswer.refused(
                    null,
                    "locked by "
                        + order.person()
                        + ": "
                        + order.reason()
                        + "; they may do it, or unlock it"));
  }

  // ---- time, and who waits

  /** How long until something ends by itself; null = nothing does. */
  Duration untilNextEnd() {
    return ledger.orders().nextEnd().map(end -> Duration.between(now(), end)).orElse(null);
  }

  boolean hasNews() {
    return ledger.orders().hasNews()
        || ledger.orders().nextEnd().filter(end -> !now().isBefore(end)).isPresent();
  }

  /** Whether nobody is being told of anything. */
  boolean idle() {
    return handovers.idle();
  }

  /** Lets end what ends by itself, and tells those that wait what holds now. */
  void tell() {
    ledger.orders().expire(now());
    handovers.say();
    while (ledger.orders().takeNews()) {
      ledger.waiting().stream()
          .filter(run -> PromotionWorkflow.isId(run.workflowId()))
          .forEach(run -> tell(run.workflowId(), recorded(run.revision())));
    }
  }

  /**
   * Tells the promotion that holds the environment, before anybody is answered: from then on it
   * begins no merge that the order forbids.
   */
  private OrderAnswer toldToHolder(LedgerOrder order, OrderAnswer answer) {
    Holder holder = ledger.holder();
    if (!CLOSING.contains(order.kind())
        || holder == null
        || !PromotionWorkflow.isId(holder.workflowId())) {
      return answer;
    }
    tell(holder.workflowId(), recorded(holder.revision()));
    if (order.kind() != Kind.QUARANTINE) {
      return answer;
    }
    OrderAnswer told =
        answer.with(
            "; "
                + holder.workflowId()
                + " is under way: with this commit in it, it stops unless it has begun to deploy;"
                + " `signalbox cancel` takes that back");
    ledger.orders().answered(order.decisionId(), told);
    return told;
  }

  /** With what people ordered last into quarantine: the commit's release may contain it. */
  private LedgerRecord recorded(String commit) {
    return ledger.record(commit).quarantining(ledger.quarantine().among(List.of(commit)).entries());
  }

  private static void tell(String workflowId, LedgerRecord recorded) {
    try {
      Workflow.newExternalWorkflowStub(
              PromotionWorkflow.class,
              WorkflowExecution.newBuilder().setWorkflowId(workflowId).build())
          .ordered(recorded);
    } catch (SignalExternalWorkflowException | ApplicationFailure closed) {
      Workflow.getLogger(OrderDoor.class).info("not told, it has ended workflow={}", workflowId);
    }
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
