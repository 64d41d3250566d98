package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.NOW;
import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static dev.signalbox.workflows.environment.RunReportFixture.workflowId;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.environment.HistoryEntry.Kind;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.policy.EnvironmentPolicy.WhenBusy;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs that were terminated, and so report nothing. */
@Execution(ExecutionMode.CONCURRENT)
class LedgerOrphansTest extends LedgerHouse {
  @Test
  void keepsTheLeaseOfAHolderOfWhichTheEngineTellsNothing() {
    holdsForAnHour(1);
    engineAnswers = false;
    ask(promote(2));

    engine.sleep(Duration.ofMinutes(11));

    assertThat(status().holder().workflowId()).isEqualTo(workflowId(1));
  }

  @Test
  void looksAfterTheHolderAtOnceOnANewPage() {
    holdsForAnHour(1);
    waits(promote(2).because(HoldingPromotion.AN_HOUR));
    terminate(workflowId(1));
    String firstPage = page();

    sayNothing(EnvironmentWorkflowImpl.TURN_AFTER);

    await(() -> !page().equals(firstPage));
    await(() -> status().waiting().isEmpty());
    assertThat(status().holder().workflowId()).isEqualTo(workflowId(2));
  }

  @Test
  void freesTheLeaseOfATerminatedHolderAtTheNextRequest() {
    holdsForAnHour(1);
    terminate(workflowId(1));

    ask(promote(2).because(HoldingPromotion.AN_HOUR));

    comesTrue(() -> assertThatItHolds(2));
    assertThat(status().runs())
        .extracting(HistoryEntry::detail)
        .containsExactly("ended without a report");
  }

  @Test
  void keepsTheLeaseOfATerminatedHolderUntilItsDeployIsClosed() {
    holdsForAnHour(1);
    aDeployRuns();
    terminate(workflowId(1));
    waits(promote(2).because(HoldingPromotion.AN_HOUR));

    engine.sleep(A_MOMENT);
    String holderWhileItDeploys = status().holder().workflowId();

    assertThat(holderWhileItDeploys).isEqualTo(workflowId(1));
    comesTrue(Duration.ofMinutes(5), () -> assertThatItHolds(2));
  }

  @Test
  void passesTheLeaseOverATerminatedPromotionThatWaited() {
    holdsForAnHour(1);
    waits(2);
    waits(3);
    terminate(workflowId(2));

    comesTrue(
        Duration.ofHours(2), () -> assertThat(status().live().revision()).isEqualTo(revision(3)));
    assertThat(status().waiting()).isEmpty();
  }

  @Test
  void startsANewOneThoughTheOneThatItSupersedesIsTerminated() {
    pipeline = aPipeline().whenBusy(WhenBusy.SUPERSEDE).build();
    holdsForAnHour(1);
    waits(2);
    terminate(workflowId(2));

    RequestAnswer answer = ask(promote(3));

    assertThat(answer.outcome()).isEqualTo(Outcome.QUEUED);
  }

  @Test
  void doesNotJoinATerminatedPromotionThatWaited() {
    holdsForAnHour(1);
    waits(2);
    terminate(workflowId(2));

    RequestAnswer answer = ask(promote(2).withId("r-again"));

    assertThat(answer.outcome()).isEqualTo(Outcome.QUEUED);
  }

  @Test
  void doesNotJoinATerminatedPromotionThatHeldTheLease() {
    holdsForAnHour(1);
    terminate(workflowId(1));

    RequestAnswer answer = ask(promote(1).withId("r-again"));

    assertThat(answer.outcome()).isEqualTo(Outcome.STARTED);
  }

  @Test
  void isNotBusyWithATerminatedHolder() {
    pipeline = aPipeline().whenBusy(WhenBusy.REFUSE).build();
    holdsForAnHour(1);
    terminate(workflowId(1));

    RequestAnswer answer = ask(promote(2));

    assertThat(answer.outcome()).isEqualTo(Outcome.STARTED);
  }

  @Test
  void isNotBusyWithATerminatedPromotionThatWaited() {
    holdsForAnHour(1);
    waits(2);
    terminate(workflowId(1));
    terminate(workflowId(2));
    pipeline = aPipeline().whenBusy(WhenBusy.REFUSE).build();

    RequestAnswer answer = ask(promote(3));

    assertThat(answer.outcome()).isEqualTo(Outcome.STARTED);
  }

  @Test
  void tellsGitHubThatAWaitingPromotionWasTerminatedThoughNobodyAsks() {
    holdsForAnHour(1);
    waits(2);
    terminate(workflowId(2));

    comesTrue(
        Duration.ofHours(5),
        () ->
            assertThat(github.said)
                .containsExactly(
                    "pending " + revision(1),
                    "pending " + revision(2),
                    "ended "
                        + revision(2)
                        + ": ended without a report before it changed anything"));
    assertThat(status().waiting()).isEmpty();
    assertThat(status().runs())
        .filteredOn(entry -> entry.id().equals(workflowId(2)))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.result()).isEqualTo(Result.FAILED);
              assertThat(entry.requester()).isEqualTo("ana");
            });
  }

  @Test
  void entersWhatWasDecidedInATerminatedRunThoughItsWordDidNotArrive() {
    Decision yes =
        new Decision(
            "id", "approval-1", null, "approve", "ana", "cli", "", NOW, false, true, null, null);
    said = List.of(RunDecision.of(workflowId(2), "first-run", yes));
    holdsForAnHour(1);
    waits(2);
    terminate(workflowId(2));

    comesTrue(
        Duration.ofHours(5),
        () ->
            assertThat(status().history())
                .filteredOn(entry -> entry.id().equals(workflowId(2)))
                .extracting(HistoryEntry::kind)
                .containsExactly(Kind.ASKED, null, Kind.APPROVED));
  }

  @Test
  void tellsGitHubWhatBecameOfTheDeployOfATerminatedHolder() {
    holdsForAnHour(1);
    deployed = deployResult(1, Result.LIVE, 1);
    terminate(workflowId(1));

    comesTrue(
        Duration.ofHours(2),
        () ->
            assertThat(github.said)
                .contains("ended " + revision(1) + " live: terminated; its deploy: live"));
    assertThat(status().live().revision()).isEqualTo(revision(1));
    assertThat(status().runs()).extracting(HistoryEntry::result).containsExactly(Result.LIVE);
  }

  @Test
  void saysThatTheOldRunEndedBeforeItSaysThatTheNewOneIsPending() {
    github.awayOnce = true;
    holdsForAnHour(1);
    waits(2);
    terminate(workflowId(2));

    ask(promote(2).withId("r-again"));

    assertThat(github.said)
        .containsExactly(
            "pending " + revision(1),
            "pending " + revision(2),
            "ended " + revision(2) + ": ended without a report before it changed anything",
            "pending " + revision(2));
  }
}
