package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import dev.signalbox.workflows.release.Moments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules of what people order of an environment; no engine in it. Who sent an order and whether
 * their door counts has been judged before.
 */
final class Orders {
  private static final int MOST_ANSWERS = 500;
  private static final int MOST_WAITING = 200;
  private static final int MOST_OVERRIDES = 100;

  private StandingOrder freeze;
  private StandingOrder lock;
  private final List<StandingOrder> queue;
  private StandingOrder hold;
  private final List<StandingOrder> overrides;
  private final Map<String, OrderAnswer> answers;
  private final List<Handover> handovers = new ArrayList<>();
  private boolean news;
  private long taken;

  /**
   * @param ordered null = nothing is
   * @param answers by decision id, oldest first
   */
  Orders(StandingOrders ordered, Map<String, OrderAnswer> answers) {
    StandingOrders standing = ordered == null ? StandingOrders.NONE : ordered;
    this.answers = new LinkedHashMap<>(answers);
    freeze = standing.freeze();
    lock = standing.lock();
    queue = new ArrayList<>(standing.queue());
    hold = standing.hold();
    overrides = new ArrayList<>(standing.overrides());
  }

  /** All that is ordered. */
  StandingOrders inForce() {
    return new StandingOrders(freeze, lock, queue, hold, overrides);
  }

  /** Null = nothing is ordered. */
  StandingOrders standing() {
    StandingOrders all = inForce();
    return all.equals(StandingOrders.NONE) ? null : all;
  }

  /** What was answered to this decision before. */
  Optional<OrderAnswer> answer(String decisionId) {
    return Optional.ofNullable(answers.get(decisionId));
  }

  void answered(String decisionId, OrderAnswer answer) {
    answers.put(decisionId, answer);
    if (answers.size() > MOST_ANSWERS) {
      answers.remove(answers.keySet().iterator().next());
    }
  }

  /** The newest by decision id, oldest first. */
  Map<String, OrderAnswer> answers() {
    return answers;
  }

  /**
   * @param person who orders it, as the file calls them
   * @param mayOverride whether they may undo what somebody else ordered
   */
  OrderAnswer take(LedgerOrder order, String person, boolean mayOverride, Instant now) {
    if (order.until() != null && !order.until().isAfter(now)) {
      return OrderAnswer.refused(Moments.text(order.until()) + " has passed already");
    }
    StandingOrder wanted =
        new StandingOrder(
            person,
            Ledger.clip(order.reason()),
            now,
            order.until(),
            order.untilMerged(),
            order.promotion());
    OrderAnswer answer =
        switch (order.kind()) {
          case FREEZE -> freeze(wanted, mayOverride, now);
          case UNFREEZE -> unfreeze(person, mayOverride, now);
          case LOCK -> lock(wanted, now);
          case UNLOCK -> unlock(person, mayOverride, now);
          case HOLD -> hold(wanted);
          case UNHOLD -> unhold();
          case OVERRIDE -> override(wanted, mayOverride);
          case QUARANTINE, UNQUARANTINE ->
              throw new IllegalArgumentException("quarantine has rules of its own");
        };
    return took(answer);
  }

  /** Those that wait have to hear of what counted, here or by rules of its own. */
  OrderAnswer took(OrderAnswer answer) {
    if (answer.counted()) {
      taken++;
      news = true;
    }
    return answer;
  }

  /** How many orders this page has taken: who has just been started may have missed one. */
  long taken() {
    return taken;
  }

  /** Those that wait have to hear once more what holds. */
  void again() {
    news = true;
  }

  // ---- freeze

  private OrderAnswer freeze(StandingOrder wanted, boolean mayOverride, Instant now) {
    Optional<StandingOrder> present = Optional.ofNullable(freeze).filter(one -> one.holds(now));
    if (present.isPresent() && !mayUndo(present.get(), wanted.person(), mayOverride)) {
      return OrderAnswer.refused("frozen already " + by(present.get()));
    }
    freeze = wanted;
    return OrderAnswer.done(
        "frozen"
            + (wanted.until() == null ? "" : " until " + Moments.text(wanted.until()))
            + "; rescue and rollback pass");
  }

  private OrderAnswer unfreeze(String person, boolean mayOverride, Instant now) {
    if (freeze == null || !freeze.holds(now)) {
      freeze = null;
      return OrderAnswer.refused(
          "nobody has ordered a freeze; one of signalbox.toml passes with its time, or by"
              + " `signalbox override`");
    }
    if (!mayUndo(freeze, person, mayOverride)) {
      return OrderAnswer.refused(others(freeze, "frozen"));
    }
    freeze = null;
    return OrderAnswer.done("the freeze is lifted");
  }

  private OrderAnswer override(StandingOrder wanted, boolean mayOverride) {
    if (!mayOverride) {
      return OrderAnswer.refused(
          "only people of the groups that `override` names may let a promotion pass a freeze");
    }
    overrides.removeIf(one -> one.promotion().equals(wanted.promotion()));
    overrides.add(wanted);
    Ledger.trim(overrides, MOST_OVERRIDES);
    return OrderAnswer.done(
        wanted.promotion() + " passes what is frozen now; a later freeze holds");
  }

  // ---- lock

  private OrderAnswer lock(StandingOrder wanted, Instant now) {
    expire(now);
    if (lock == null || lock.person().equals(wanted.person())) {
      lock = lock == null ? wanted : wanted.from(lock.since());
      return OrderAnswer.done("locked for " + wanted.person());
    }
    int place = place(wanted.person());
    if (place == 0 && queue.size() >= MOST_WAITING) {
      return OrderAnswer.refused(MOST_WAITING + " wait for the lock already");
    }
    if (place == 0) {
      queue.add(wanted);
    } else {
      queue.set(place - 1, wanted);
    }
    return new OrderAnswer(
        true,
        true,
        "locked "
            + by(lock)
            + "; "
            + wanted.person()
            + " is number "
            + place(wanted.person())
            + " in the queue and gets it then");
  }

  /** From 1 on; 0 = not in the queue. */
  private int place(String person) {
    return queue.stream().map(StandingOrder::person).toList().indexOf(person) + 1;
  }

  private OrderAnswer unlock(String person, boolean mayOverride, Instant now) {
    expire(now);
    boolean waited = queue.removeIf(one -> one.person().equals(person));
    if (lock != null && lock.person().equals(person)) {
      return unlocked(now);
    }
    if (waited) {
      return OrderAnswer.done(person + " does not wait for the lock any more");
    }
    if (lock == null) {
      return OrderAnswer.refused("nobody has it locked");
    }
    return mayOverride ? unlocked(now) : OrderAnswer.refused(others(lock, "locked"));
  }

  private OrderAnswer unlocked(Instant now) {
    next(now);
    return OrderAnswer.done(
        lock == null ? "unlocked" : "unlocked; " + lock.person() + " has it now");
  }

  private void next(Instant now) {
    String from = lock.person();
    queue.removeIf(one -> !one.holds(now));
    lock = queue.isEmpty() ? null : queue.remove(0).from(now);
    if (lock != null) {
      handovers.add(new Handover(from, lock));
    }
    news = true;
  }

  /**
   * The lock has passed on.
   *
   * @param from who had it
   * @param to whose it is since
   */
  record Handover(String from, StandingOrder to) {}

  /** Of which nothing has been said so far, oldest first; each once. */
  List<Handover> takeHandovers() {
    List<Handover> taken = List.copyOf(handovers);
    handovers.clear();
    return taken;
  }

  /** Nobody waits whom the file does not name any more. */
  void onlyKnown(OrderRights rights) {
    queue.removeIf(one -> !rights.knows(one.person()));
  }

  /** Takes it from somebody who should not have got it; whether they still had it. */
  boolean passOver(StandingOrder held, Instant now) {
    boolean has = held.equals(lock);
    if (has) {
      next(now);
    }
    return has;
  }

  /** The lock that holds at this moment. */
  Optional<StandingOrder> locked(Instant now) {
    return Optional.ofNullable(lock).filter(one -> one.holds(now));
  }

  // ---- hold

  /** Why nothing is promoted by itself; empty = it may be. */
  Optional<StandingOrder> onHold() {
    return Optional.ofNullable(hold);
  }

  private OrderAnswer hold(StandingOrder wanted) {
    hold = wanted;
    return OrderAnswer.done("on hold: nothing is promoted by itself until a promotion by hand");
  }

  private OrderAnswer unhold() {
    if (hold == null) {
      return OrderAnswer.refused("it is not on hold");
    }
    hold = null;
    return OrderAnswer.done("not on hold any more");
  }

  // ---- what runs did

  /**
   * A run has ended.
   *
   * @param before what ran until then; null = no record, or mixed
   * @param byHand whether it is none of the promotions
   */
  void ended(RunReport report, LiveSet before, boolean byHand) {
    overrides.removeIf(one -> one.promotion().equals(report.workflowId()));
    boolean other =
        report.live() != null
            && (before == null || !before.revision().equals(report.live().revision()));
    if (report.result() == Result.ROLLED_BACK || (byHand && other)) {
      wentBack(report);
    }
    if (report.result() == Result.LIVE && PromotionWorkflow.isId(report.workflowId())) {
      released(report);
    }
  }

  /**
   * Every rollback puts it on hold; whoever did that by hand before keeps it. Nobody is told: those
   * that wait judge it with their lease.
   */
  private void wentBack(RunReport report) {
    if (hold == null) {
      hold =
          new StandingOrder(
              report.asker(), Ledger.clip("rolled back: " + report.detail()), report.at());
    }
  }

  private void released(RunReport report) {
    if (lock != null && lock.untilMerged() && lock.person().equals(report.asker())) {
      next(report.at());
    }
    if (hold != null && !report.automatic()) {
      hold = null;
      news = true;
    }
  }

  // ---- time

  /** When the next of them ends by itself. */
  Optional<Instant> nextEnd() {
    return Stream.of(freeze, lock)
        .filter(one -> one != null && one.until() != null)
        .map(StandingOrder::until)
        .min(Instant::compareTo);
  }

  /** Forgets what has ended by itself; the next in the queue gets the lock. */
  void expire(Instant now) {
    if (freeze != null && !freeze.holds(now)) {
      freeze = null;
      news = true;
    }
    if (lock != null && !lock.holds(now)) {
      next(now);
    }
  }

  /** Whether runs that wait have to hear of something, once. */
  boolean takeNews() {
    boolean was = news;
    news = false;
    return was;
  }

  boolean hasNews() {
    return news;
  }

  private static boolean mayUndo(StandingOrder order, String person, boolean mayOverride) {
    return mayOverride || order.person().equals(person);
  }

  private static String others(StandingOrder order, String what) {
    return what
        + " "
        + by(order)
        + "; only they and people of the groups that `override` names may lift it";
  }

  private static String by(StandingOrder order) {
    return "by " + order.person() + " since " + Moments.text(order.since()) + ": " + order.reason();
  }
}
