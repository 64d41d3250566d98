package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.NOW;
import static dev.signalbox.workflows.environment.RunReportFixture.promotion;
import static dev.signalbox.workflows.environment.RunReportFixture.runId;
import static dev.signalbox.workflows.environment.RunReportFixture.workflowId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.HistoryEntry.Kind;
import dev.signalbox.workflows.release.Moments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What people order of an environment. */
class LedgerOrdersTest extends LedgerPage {
  private static final Duration HOUR = Duration.ofHours(1);
  private int orders;

  @Test
  void letsOneOfAHundredLockersHaveItAndTellsEachTheirPlace() {
    List<OrderAnswer> answers =
        IntStream.range(0, 100).mapToObj(at -> order(LedgerOrder.Kind.LOCK, "p" + at)).toList();

    assertThat(answers).filteredOn(answer -> !answer.queued()).hasSize(1);
    assertThat(answers.get(0).message()).isEqualTo("locked for p0");
    assertThat(answers.get(57).message())
        .startsWith("locked by p0 since ")
        .endsWith("p57 is number 57 in the queue and gets it then");
    for (int at = 0; at < 100; at++) {
      assertThat(standing().lock().person()).isEqualTo("p" + at);
      assertThat(order(LedgerOrder.Kind.UNLOCK, "p" + at).counted()).isTrue();
    }
    assertThat(standing()).isEqualTo(StandingOrders.NONE);
  }

  @Test
  void keepsAPlaceInTheQueueHoweverOftenItIsAskedFor() {
    order(LedgerOrder.Kind.LOCK, "ana");
    order(LedgerOrder.Kind.LOCK, "ben");
    order(LedgerOrder.Kind.LOCK, "carl");

    OrderAnswer again = order(LedgerOrder.Kind.LOCK, "ben");

    assertThat(again.message()).contains("ben is number 1");
    assertThat(standing().queue()).extracting(StandingOrder::person).containsExactly("ben", "carl");
  }

  @Test
  void givesTheLockOnWhenItsTimeIsOver() {
    ledger.order(lockUntil(NOW.plus(HOUR)), "ana", NOBODY, NOW);
    order(LedgerOrder.Kind.LOCK, "ben");
    assertThat(ledger.orders().nextEnd()).contains(NOW.plus(HOUR));

    ledger.orders().expire(NOW.plus(HOUR));

    assertThat(standing().lock().person()).isEqualTo("ben");
    assertThat(standing().lock().since()).isEqualTo(NOW.plus(HOUR));
  }

  @Test
  void givesTheLockOnWhenAReleaseOfItsOwnerIsMerged() {
    ledger.order(
        new LedgerOrder(
            "o", LedgerOrder.Kind.LOCK, "ana", "why", "cli", null, null, true, null, null),
        "ana",
        NOBODY,
        NOW);
    order(LedgerOrder.Kind.LOCK, "ben");
    starts(1);
    ledger.ended(promotion(1).wentLive().build().askedBy("carl", false));
    assertThat(standing().lock().person()).as("a release of somebody else").isEqualTo("ana");

    starts(2);
    ledger.ended(promotion(2).wentLive().build().askedBy("ana", false));

    assertThat(standing().lock().person()).isEqualTo("ben");
  }

  @Test
  void letsNobodyLiftWhatSomebodyElseOrderedWithoutTheRight() {
    order(LedgerOrder.Kind.FREEZE, "ana");
    order(LedgerOrder.Kind.LOCK, "ana");

    assertThat(order(LedgerOrder.Kind.UNFREEZE, "ben").counted()).isFalse();
    assertThat(order(LedgerOrder.Kind.FREEZE, "ben").counted()).isFalse();
    assertThat(order(LedgerOrder.Kind.UNLOCK, "ben").counted()).isFalse();
    assertThat(order(LedgerOrder.Kind.OVERRIDE, "ben").counted()).isFalse();
    assertThat(withRight(LedgerOrder.Kind.UNFREEZE, "ben").counted()).isTrue();
    assertThat(withRight(LedgerOrder.Kind.UNLOCK, "ben").counted()).isTrue();
    assertThat(standing()).isEqualTo(StandingOrders.NONE);
  }

  @Test
  void isOnHoldAfterARollbackUntilAPromotionByHandIsLive() {
    wentLive(1);
    starts(2);
    ledger.ended(promotion(2).provedBad("backend sick").build());
    assertThat(standing().hold().reason()).isEqualTo("rolled back: backend sick");

    starts(3);
    ledger.ended(promotion(3).wentLive().build().askedBy(null, true));
    assertThat(standing().hold()).as("nobody asked for that one").isNotNull();
    wentLive(4);

    assertThat(standing().hold()).isNull();
  }

  @Test
  void carriesEverythingToTheNextPage() {
    order(LedgerOrder.Kind.FREEZE, "ana");
    order(LedgerOrder.Kind.LOCK, "ana");
    order(LedgerOrder.Kind.LOCK, "ben");
    order(LedgerOrder.Kind.HOLD, "ana");
    ledger.order(
        new LedgerOrder(
            "o", LedgerOrder.Kind.OVERRIDE, "ana", "why", "cli", null, null, false, null, "p"),
        "ana",
        OVERRIDING,
        NOW);
    ledger.orders().answered("known", OrderAnswer.done("held"));

    Ledger next = new Ledger(ledger.state());

    assertThat(next.status(0).standing()).isEqualTo(standing());
    assertThat(next.orders().answer("known")).contains(OrderAnswer.done("held"));
  }

  @Test
  void keepsEachOrderAndEachRefusalInTheHistory() {
    starts(7);
    LedgerOrder frozen = new LedgerOrder("a", LedgerOrder.Kind.FREEZE, "ana", "launch", "cli");
    enter(frozen, ledger.order(frozen, "ana", NOBODY, NOW));
    LedgerOrder lifted = new LedgerOrder("b", LedgerOrder.Kind.UNFREEZE, "ben", "no", "cli");
    enter(lifted, ledger.order(lifted, "ben", NOBODY, NOW));

    List<HistoryEntry> history = ledger.status(0).history();

    assertThat(history).extracting(HistoryEntry::kind).containsExactly(Kind.FROZE, Kind.REFUSED);
    assertThat(history.get(0).detail()).isEqualTo("launch");
    assertThat(history.get(1).detail()).startsWith("unfreeze: frozen by ana since ");
    assertThat(history.get(1).previous()).isEqualTo(history.get(0).hash());
    assertThat(ledger.status(0).runs()).as("of these none is a run").isEmpty();
    assertThat(ledger.openRun(workflowId(7)).orElseThrow().runId()).isEqualTo(runId(7));
  }

  @Test
  void entersHowLongItHoldsAndByWhichDoorItCame() {
    LedgerOrder first = lockUntil(NOW.plus(HOUR));
    enter(first, ledger.order(first, "ana", NOBODY, NOW));
    LedgerOrder second =
        new LedgerOrder(
            "o", LedgerOrder.Kind.LOCK, "ben", "me too", "slack", null, null, true, null, null);
    enter(second, ledger.order(second, "ben", NOBODY, NOW));

    List<HistoryEntry> history = ledger.status(0).history();

    assertThat(history).extracting(HistoryEntry::kind).containsExactly(Kind.LOCKED, Kind.QUEUED);
    assertThat(history).extracting(HistoryEntry::door).containsExactly("cli", "slack");
    assertThat(history.get(0).detail())
        .isEqualTo("until " + Moments.text(NOW.plus(HOUR)) + ": why");
    assertThat(history.get(1).detail())
        .startsWith("locked by ana since ")
        .contains("ben is number 1 in the queue")
        .endsWith("until a release of theirs is merged: me too");
  }

  private void enter(LedgerOrder order, OrderAnswer answer) {
    ledger.history().write(HistoryEntry.of(order, order.person(), false, answer, NOW));
  }

  private LedgerOrder lockUntil(Instant end) {
    return new LedgerOrder(
        "o" + orders++, LedgerOrder.Kind.LOCK, "ana", "why", "cli", null, end, false, null, null);
  }

  private OrderAnswer order(LedgerOrder.Kind kind, String person) {
    return order(kind, person, NOBODY);
  }

  private OrderAnswer withRight(LedgerOrder.Kind kind, String person) {
    return order(kind, person, OVERRIDING);
  }

  private OrderAnswer order(LedgerOrder.Kind kind, String person, OrderRights right) {
    return ledger.order(
        new LedgerOrder("o" + orders++, kind, person, "why", "cli", null, null, false, null, "p"),
        person,
        right,
        NOW);
  }

  private StandingOrders standing() {
    return ledger.status(0).standing();
  }
}
