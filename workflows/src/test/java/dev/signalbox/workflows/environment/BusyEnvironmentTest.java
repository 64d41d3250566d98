package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static dev.signalbox.workflows.environment.RunReportFixture.workflowId;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.policy.EnvironmentPolicy.WhenBusy;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is asked for while another promotion is under way, by policy. */
@Execution(ExecutionMode.CONCURRENT)
class BusyEnvironmentTest extends LedgerHouse {
  @Test
  void queuesANewOneWhenItIsBusy() {
    holdsForAnHour(1);

    RequestAnswer answer = ask(promote(2));

    assertThat(answer.outcome()).isEqualTo(Outcome.QUEUED);
    assertThat(answer.message()).endsWith("after " + workflowId(1));
  }

  @Test
  void saysOfARunWithoutALeaseThatItIsUnderWayAndNotThatItGoesFirst() {
    ask(promote(1).because(HoldingPromotion.NEVER_ASKS));

    RequestAnswer answer = ask(promote(2));

    // By now the second one may hold the lease already.
    assertThat(answer.message())
        .contains("who is ready first goes first")
        .contains(workflowId(1))
        .doesNotContain("turn after");
  }

  @Test
  void refusesANewOneWhenItIsBusyAndThePolicySaysSo() {
    pipeline = aPipeline().whenBusy(WhenBusy.REFUSE).build();
    holdsForAnHour(1);

    RequestAnswer answer = ask(promote(2));

    assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(answer.message()).startsWith("busy with " + workflowId(1));
  }

  @Test
  void letsANewOneTakeThePlaceOfAWaitingOneWhenThePolicySaysSo() {
    pipeline = aPipeline().whenBusy(WhenBusy.SUPERSEDE).build();
    holdsForAnHour(1);
    ask(promote(2));

    RequestAnswer answer = ask(promote(3));
    comesTrue(() -> assertThat(status().runs()).hasSize(1));

    assertThat(answer.outcome()).isEqualTo(Outcome.QUEUED);
    comesTrue(
        Duration.ofHours(2),
        () ->
            assertThat(status().runs())
                .extracting(HistoryEntry::revision, HistoryEntry::result)
                .containsExactly(
                    tuple(revision(2), Result.SUPERSEDED),
                    tuple(revision(1), Result.LIVE),
                    tuple(revision(3), Result.LIVE)));
  }

  @Test
  void neverLetsAnOlderOneTakeThePlaceOfANewerOne() {
    pipeline = aPipeline().whenBusy(WhenBusy.SUPERSEDE).build();
    holdsForAnHour(1);
    ask(promote(3));

    RequestAnswer answer = ask(promote(2));
    engine.sleep(A_MOMENT);

    assertThat(answer.outcome()).isEqualTo(Outcome.QUEUED);
    comesTrue(() -> assertThat(status().waiting()).containsExactly(workflowId(3), workflowId(2)));
  }

  @Test
  void queuesWhenNobodyKnowsWhichIsNewer() {
    pipeline = aPipeline().whenBusy(WhenBusy.SUPERSEDE).build();
    github.comparing = false;
    holdsForAnHour(1);
    ask(promote(2));

    RequestAnswer answer = ask(promote(3));
    engine.sleep(A_MOMENT);

    assertThat(answer.outcome()).isEqualTo(Outcome.QUEUED);
    comesTrue(() -> assertThat(status().waiting()).containsExactly(workflowId(2), workflowId(3)));
  }
}
