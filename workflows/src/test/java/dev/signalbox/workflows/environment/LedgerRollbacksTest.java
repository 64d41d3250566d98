package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.promotion;
import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static dev.signalbox.workflows.environment.RunReportFixture.workflowId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rollbacks by hand, and what the ledger knows of an environment that is mixed. */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class LedgerRollbacksTest extends LedgerHouse {
  @Test
  void rollsBackToTheSetBeforeThePresentOne() {
    wentLive(1);
    wentLive(2);

    RequestAnswer answer = ask(rollback(null));

    assertThat(answer.outcome()).isEqualTo(Outcome.STARTED);
    assertThat(answer.id()).isEqualTo(DEPLOY);
    comesTrue(
        QuickRollback.TAKES,
        () -> {
          assertThat(status().live().revision()).isEqualTo(revision(1));
          assertThat(status().holder()).isNull();
        });
  }

  @Test
  void saysWhoMayTakeAwayWhatIsLive() {
    wentLive(1);
    wentLive(2);
    ask(rollback(null));

    RequestAnswer answer = ask(promote(2).withId("r-again"));

    assertThat(answer.outcome()).isEqualTo(Outcome.ALREADY_THERE);
    assertThat(answer.message())
        .startsWith("0000000 is live since ")
        .endsWith("; " + DEPLOY + " has the environment and may change that");
  }

  @Test
  void refusesToGoBackToCodeThatMayNotBeAbleToReadTheSchema() {
    wentLive(1);
    ask(promote(2).because(HoldingPromotion.CONTRACTING));
    comesTrue(
        LONG_ENOUGH_FOR_ONE,
        () -> {
          assertThat(status().live().revision()).isEqualTo(revision(2));
          assertThat(status().holder()).isNull();
        });

    RequestAnswer answer = ask(rollback(null));

    assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(answer.message())
        .isEqualTo(
            "revision r1 has run since 0000000 was live, and that code may not be able to read the"
                + " schema: promote a commit that mends what is wrong, or bring the database back"
                + " first");
    assertThat(status().holder()).isNull();
  }

  @Test
  void rollsBackToTheLastGoodSetAfterARescueThatFailed() {
    wentLive(1);
    wentLive(2);
    leavesItMixed(3);

    RequestAnswer answer = ask(rollback(null));

    assertThat(answer.outcome()).isEqualTo(Outcome.STARTED);
    assertThat(answer.revision()).isEqualTo(revision(2));
    comesTrue(
        QuickRollback.TAKES,
        () -> {
          assertThat(status().mixed()).isNull();
          assertThat(status().live().revision()).isEqualTo(revision(2));
        });
  }

  @Test
  void saysThatRollbackIsTheWayToTheLastGoodSetWhenWhatRunsIsMixed() {
    wentLive(1);
    leavesItMixed(2);

    RequestAnswer answer = ask(promote(1).withId("r-again"));

    assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(answer.message())
        .startsWith("mixed since ")
        .contains(workflowId(2))
        .endsWith("`signalbox rollback production` puts it back");
  }

  @Test
  void promotesAnotherCommitOverWhatIsMixed() {
    wentLive(1);
    leavesItMixed(2);

    RequestAnswer answer = ask(promote(3));

    assertThat(answer.outcome()).isEqualTo(Outcome.STARTED);
  }

  @Test
  void stillKnowsWhatRunsWhenATerminatedHolderHadDeployedNothing() {
    wentLive(1);
    holdsForAnHour(2);
    terminate(workflowId(2));
    ask(promote(3).because(HoldingPromotion.AN_HOUR));

    comesTrue(() -> assertThatItHolds(3));
    assertThat(status().live().revision()).isEqualTo(revision(1));
  }

  @Test
  void cannotSayWhatRunsWhenAHolderAndItsDeployEndedWithoutAReport() {
    wentLive(1);
    holdsForAnHour(2);
    deployLost = true;
    terminate(workflowId(2));
    ask(promote(3).because(HoldingPromotion.AN_HOUR));

    comesTrue(() -> assertThatItHolds(3));
    assertThat(status().live()).isNull();
    assertThat(status().mixed().by()).isEqualTo(workflowId(2));
    assertThat(status().lastGood().revision()).isEqualTo(revision(1));
  }

  @Test
  void holdsTheLeaseForARollbackByHand() {
    wentLive(1);
    wentLive(2);
    ask(rollback(null));
    ask(promote(3));

    engine.sleep(A_MOMENT);

    comesTrue(() -> assertThat(status().waiting()).containsExactly(workflowId(3)));
    assertThat(status().holder().workflowId()).isEqualTo(DEPLOY);
  }

  @Test
  void refusesARollbackWithoutAFormerSet() {
    wentLive(1);

    RequestAnswer answer = ask(rollback(null));

    assertThat(answer)
        .isEqualTo(RequestAnswer.refused(null, "there is no former set on record to go back to"));
  }

  @Test
  void refusesASecondRollbackWhileOneRuns() {
    wentLive(1);
    wentLive(2);
    ask(rollback(null));

    RequestAnswer answer = ask(rollback(null).withId("r-second"));

    assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(answer.message()).startsWith("busy with " + DEPLOY);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cancelsTheHolderWhenARollbackGoesToItsLastGoodSet(boolean named) {
    wentLive(1);
    holdsForAnHour(2);

    RequestAnswer answer = ask(rollback(named ? "d-" + revision(1) : null));

    assertThat(answer.outcome()).isEqualTo(Outcome.JOINED);
    assertThat(answer.id()).isEqualTo(workflowId(2));
    assertThat(answer.message()).startsWith("asked ").endsWith("shows whether it was in time");
    comesTrue(
        () ->
            assertThat(status().runs())
                .extracting(HistoryEntry::result)
                .containsExactly(Result.LIVE, Result.CANCELLED));
    assertThat(status().live().revision()).isEqualTo(revision(1));
  }

  @Test
  void refusesARollbackToAnotherSetWhileAPromotionHolds() {
    wentLive(1);
    wentLive(2);
    holdsForAnHour(3);

    RequestAnswer answer = ask(rollback("d-" + revision(1)));

    assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(answer.message()).contains("a rollback never queues");
    assertThat(status().holder().workflowId()).isEqualTo(workflowId(3));
  }

  @Test
  void rollsBackAfterATerminatedHolder() {
    wentLive(1);
    wentLive(2);
    holdsForAnHour(3);
    terminate(workflowId(3));

    RequestAnswer answer = ask(rollback(null));

    assertThat(answer.outcome()).isEqualTo(Outcome.STARTED);
  }

  @Test
  void rollsBackBeforeWhoeverWaitsBehindATerminatedHolder() {
    wentLive(1);
    wentLive(2);
    holdsForAnHour(3);
    waits(promote(4).because(HoldingPromotion.AN_HOUR));
    terminate(workflowId(3));

    RequestAnswer answer = ask(rollback(null));
    engine.sleep(A_MOMENT);

    assertThat(answer.outcome()).isEqualTo(Outcome.STARTED);
    comesTrue(() -> assertThat(status().holder().workflowId()).isEqualTo(DEPLOY));
    assertThat(status().waiting()).containsExactly(workflowId(4));
  }

  @Test
  void rollsBackWhatHasJustGoneLiveWhenItIsReleased() {
    wentLive(1);
    holdsForAnHour(2);
    LedgerStatus.Holder holder = status().holder();
    waits(promote(3).because(HoldingPromotion.AN_HOUR));
    deployed = deployResult(2, Result.LIVE, 2);

    CompletableFuture<RequestAnswer> answer = askLaterStill(rollback(null));
    client
        .newWorkflowStub(EnvironmentWorkflow.class, LEDGER)
        .runEnded(promotion(2).wentLive().heldBy(holder).build());

    assertThat(answer.join().outcome()).isEqualTo(Outcome.STARTED);
    assertThat(answer.join().revision()).isEqualTo(revision(1));
    assertThat(status().holder().workflowId()).isEqualTo(DEPLOY);
  }

  @Test
  void doesNotPromiseToCancelWhatIsLive() {
    wentLive(1);
    holdsForAnHour(2);
    deployed = deployResult(2, Result.LIVE, 2);

    CompletableFuture<RequestAnswer> answer = askLaterStill(rollback(null));
    engine.sleep(Duration.ofSeconds(10));

    assertThat(answer.join())
        .isEqualTo(
            RequestAnswer.refused(
                null, workflowId(2) + " is reporting its end (live); ask again in a moment"));
    assertThat(status().holder().workflowId()).isEqualTo(workflowId(2));
  }

  @Test
  void doesNotGoBackOnceMoreWhenThePromotionHasGoneBackByItself() {
    wentLive(1);
    wentLive(2);
    holdsForAnHour(3);
    deployed = deployResult(3, Result.ROLLED_BACK, 2);

    RequestAnswer answer = ask(rollback(null));

    assertThat(answer.outcome()).isEqualTo(Outcome.ALREADY_THERE);
    assertThat(answer.revision()).isEqualTo(revision(2));
    assertThat(status().holder().workflowId()).isEqualTo(workflowId(3));
  }

  @Test
  void refusesARollbackWhileTheDeployOfATerminatedHolderRuns() {
    wentLive(1);
    holdsForAnHour(2);
    aDeployRuns();
    terminate(workflowId(2));

    RequestAnswer answer = ask(rollback(null));

    assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(answer.message())
        .startsWith(workflowId(2) + " was terminated and its deploy goes on");
  }

  private static LedgerAsk rollback(String deployment) {
    return new LedgerAsk(
        "r-rollback", LedgerRequest.Kind.ROLLBACK, null, deployment, "it is slow", null);
  }

  /** Begun, and not answered yet: the ledger has the request. */
  private CompletableFuture<RequestAnswer> askLaterStill(LedgerAsk ask) {
    int before = status().messages();
    CompletableFuture<RequestAnswer> answer =
        CompletableFuture.supplyAsync(() -> ask(ask), EnvironmentWorkflowTest::apart);
    awaitMessages(before + 1);
    return answer;
  }

  private void leavesItMixed(int number) {
    ask(promote(number).because(HoldingPromotion.BAD_RESCUE));
    comesTrue(
        LONG_ENOUGH_FOR_ONE, () -> assertThat(status().mixed().by()).isEqualTo(workflowId(number)));
  }
}
