package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static dev.signalbox.workflows.environment.RunReportFixture.workflowId;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.policy.Auto;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is promoted without anybody asking. */
@Execution(ExecutionMode.CONCURRENT)
class TriggersTest extends LedgerHouse {
  private static final String BRANCH = "refs/heads/" + aPipeline().build().sourceBranch();
  private int deliveries;

  @BeforeEach
  void anOpenLedger() {
    auto = new Auto(List.of(Auto.On.PUSH, Auto.On.TAG), null);
    wentLive(1);
  }

  @Test
  void aPushStartsThePromotionOfWhatIsThereNow() {
    pushed(2);

    comesTrue(LONG_ENOUGH_FOR_ONE, () -> assertThat(live()).isEqualTo(revision(2)));
    assertThat(status().history().get(1).requester()).isEqualTo("auto:push");
  }

  @Test
  void ofSeveralPushesInARowTheNewestWinsAndNoneIsDeployedTwice() {
    holdsForAnHour(2);
    pushed(3);
    await(() -> status().waiting().contains(workflowId(3)));
    pushed(4);
    await(() -> status().waiting().contains(workflowId(4)));
    pushed(4);
    pushed(5);
    await(() -> status().waiting().contains(workflowId(5)));

    comesTrue(Duration.ofHours(2), () -> assertThat(live()).isEqualTo(revision(5)));
    assertThat(status().history())
        .filteredOn(entry -> entry.result() == Result.LIVE)
        .extracting(HistoryEntry::revision)
        .containsExactly(revision(1), revision(2), revision(5));
  }

  @Test
  void doesNotEndWhatAPersonAskedFor() {
    holdsForAnHour(2);
    waits(3);

    pushed(4);
    await(() -> status().waiting().contains(workflowId(4)));

    assertThat(status().waiting()).contains(workflowId(3));
  }

  @Test
  void aTagThatFitsStartsThePromotionOfItsCommit() {
    github.heads.put("refs/tags/v1.2", revision(2));
    github.heads.put("refs/tags/nightly", revision(3));

    hint("refs/tags/nightly");
    hint("refs/tags/v1.2");

    comesTrue(LONG_ENOUGH_FOR_ONE, () -> assertThat(live()).isEqualTo(revision(2)));
    assertThat(github.asked).doesNotContain("refs/tags/nightly");
  }

  @Test
  void aDeliveryThatComesHundredTimesIsReadOnce() {
    github.heads.put(BRANCH, revision(2));
    for (int i = 0; i < 100; i++) {
      ledger().hint(new Hint("github", "the-same", "push", BRANCH));
    }

    comesTrue(LONG_ENOUGH_FOR_ONE, () -> assertThat(live()).isEqualTo(revision(2)));
    assertThat(github.asked).containsOnlyOnce(BRANCH);
  }

  @Test
  void readsNothingWhereNothingIsToStartByItself() {
    auto = Auto.OFF;
    int messages = status().messages();

    pushed(2);

    awaitMessages(messages + 1);
    assertThat(github.asked).doesNotContain(BRANCH);
    assertThat(status().waiting()).isEmpty();
  }

  private String live() {
    return status().live().revision();
  }

  private void pushed(int number) {
    github.heads.put(BRANCH, revision(number));
    hint(BRANCH);
  }

  private void hint(String ref) {
    ledger().hint(new Hint("github", "d-" + ++deliveries, "push", ref));
  }

  private EnvironmentWorkflow ledger() {
    return client.newWorkflowStub(EnvironmentWorkflow.class, LEDGER);
  }
}
