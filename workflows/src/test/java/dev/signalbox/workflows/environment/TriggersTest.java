package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static dev.signalbox.workflows.environment.RunReportFixture.workflowId;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.github.TriggerLook;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.policy.Auto;
import dev.signalbox.workflows.policy.Window;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is promoted without anybody asking. */
@Execution(ExecutionMode.CONCURRENT)
class TriggersTest extends LedgerHouse {
  private static final String BRANCH = "refs/heads/" + aPipeline().build().sourceBranch();
  private static final String PULL = "refs/pull/7/head";
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
    assertThat(status().runs().get(1).requester()).isEqualTo("auto:push");
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
    assertThat(status().runs())
        .filteredOn(entry -> entry.result() == Result.LIVE)
        .extracting(HistoryEntry::revision)
        .containsExactly(revision(1), revision(2), revision(5));
  }

  @Test
  void aForcePushEndsWhatItTookOffTheBranch() {
    holdsForAnHour(2);
    pushed(5);
    await(() -> status().waiting().contains(workflowId(5)));

    pushed(4);

    await(() -> status().waiting().equals(List.of(workflowId(4))));
    assertThat(status().runs())
        .filteredOn(entry -> entry.result() == Result.SUPERSEDED)
        .extracting(HistoryEntry::revision)
        .containsExactly(revision(5));
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
  void aPushThatOnlyASweepFindsStartsOnce() {
    pushed(1);
    await(() -> status().triggered().seen().containsKey(BRANCH));
    github.heads.put(BRANCH, revision(2));

    swept();
    swept();
    comesTrue(LONG_ENOUGH_FOR_ONE, () -> assertThat(live()).isEqualTo(revision(2)));
    ask(promote(3));
    comesTrue(LONG_ENOUGH_FOR_ONE, () -> assertThat(live()).isEqualTo(revision(3)));
    int messages = status().messages();
    swept();
    hint(BRANCH);

    awaitMessages(messages + 2);
    comesTrue(Duration.ofMinutes(10), () -> assertThat(live()).isEqualTo(revision(3)));
    assertThat(status().runs()).hasSize(3);
  }

  @Test
  void whatASweepFindsFirstHasBeenThereBefore() {
    github.heads.put(BRANCH, revision(2));

    swept();

    comesTrue(() -> assertThat(status().triggered().seen()).containsEntry(BRANCH, revision(2)));
    assertThat(status().waiting()).isEmpty();
  }

  @Test
  void saysWhatATagDoesNotFit() {
    github.heads.put("refs/tags/nightly", revision(3));

    hint("refs/tags/nightly");

    assertThatNothingStarted("tag nightly", "does not fit `tag`, v*");
    assertThat(github.asked).isEmpty();
  }

  @Test
  void startsNothingWhereNoneOfItsFilesChanged() {
    auto = new Auto(List.of(Auto.On.PUSH), null, null, null, List.of("backend/**"), null);
    github.untouchedSince = revision(1);

    pushed(2);

    assertThatNothingStarted("push to staging", "no file of `paths` differs from");
  }

  @Test
  void aLabelOnAMergedPullRequestStartsWhatItWasMergedAs() {
    auto = labels();
    github.pull = pull("Ship");
    github.heads.put(PULL, revision(2));

    hint(PULL);

    comesTrue(LONG_ENOUGH_FOR_ONE, () -> assertThat(live()).isEqualTo(revision(2)));
    assertThat(status().runs().get(1).requester()).isEqualTo("auto:label");
  }

  @Test
  void aPullRequestWithAnotherLabelIsNoTrigger() {
    auto = labels();
    github.pull = pull("bug");
    github.heads.put(PULL, revision(2));
    int messages = status().messages();

    hint(PULL);

    awaitMessages(messages + 1);
    assertThat(status().triggered().notes()).isEmpty();
  }

  @Test
  void aWindowThatOpensStartsWhatIsThere() {
    opensEveryDay();
    // Until the ledger has nothing more to look after.
    engine.sleep(Duration.ofHours(2));
    github.heads.put(BRANCH, revision(2));

    toldOfThePolicy();

    comesTrue(Duration.ofHours(6), () -> assertThat(live()).isEqualTo(revision(2)));
    assertThat(status().runs().get(1).requester()).isEqualTo("auto:window");
    TriggerNote note = status().triggered().notes().get(0);
    assertThat(note.at().truncatedTo(ChronoUnit.MINUTES).toString()).endsWith("T10:00:00Z");
    assertThat(status().triggered().opens()).isAfter(note.at());
  }

  @Test
  void aWindowOpensAlsoOnTheNextPage() {
    opensEveryDay();
    github.heads.put(BRANCH, revision(2));
    toldOfThePolicy();
    comesTrue(() -> assertThat(status().triggered().opens()).isNotNull());
    String page = page();

    sayNothing(EnvironmentWorkflowImpl.TURN_AFTER);

    comesTrue(() -> assertThat(page()).isNotEqualTo(page));
    comesTrue(Duration.ofHours(6), () -> assertThat(live()).isEqualTo(revision(2)));
  }

  @Test
  void aWindowThatIsTakenOutOfTheFileStartsNothing() {
    opensEveryDay();
    github.heads.put(BRANCH, revision(2));
    toldOfThePolicy();
    comesTrue(() -> assertThat(status().triggered().opens()).isNotNull());
    auto = new Auto(List.of(Auto.On.TAG), null);

    comesTrue(Duration.ofHours(30), () -> assertThat(status().triggered().opens()).isNull());
    assertThat(live()).isEqualTo(revision(1));
  }

  private void opensEveryDay() {
    auto =
        new Auto(
            List.of(Auto.On.WINDOW),
            null,
            null,
            Stream.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
                .map(day -> new Window(day + " 10:00", day + " 16:00", "UTC"))
                .toList(),
            null,
            null);
  }

  private void toldOfThePolicy() {
    ledger().hint(new Hint("worker", "start-" + ++deliveries, "policy", "policy"));
  }

  private void assertThatNothingStarted(String cause, String why) {
    comesTrue(
        () ->
            assertThat(status().triggered().notes())
                .singleElement()
                .satisfies(
                    note -> {
                      assertThat(note.started()).isFalse();
                      assertThat(note.cause()).isEqualTo(cause);
                      assertThat(note.message()).contains(why);
                    }));
    assertThat(status().waiting()).isEmpty();
  }

  private static Auto labels() {
    return new Auto(List.of(Auto.On.LABEL), null, "ship", null, null, null);
  }

  private static TriggerLook.Pull pull(String label) {
    return new TriggerLook.Pull(false, true, "feature/x", true, "staging", List.of(label));
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

  @Test
  void promotesWhatALostDeliveryTellsOfAfterASweepWasFaster() {
    github.heads.put(BRANCH, revision(2));
    swept();
    await(() -> status().triggered().seen().containsKey(BRANCH));

    hint(BRANCH);

    comesTrue(() -> assertThat(live()).isEqualTo(revision(2)));
  }

  private String live() {
    return status().live().revision();
  }

  private void pushed(int number) {
    github.heads.put(BRANCH, revision(number));
    hint(BRANCH);
  }

  private void swept() {
    ledger().hint(new Hint("sweep", "d-" + ++deliveries, "push", BRANCH));
  }

  private void hint(String ref) {
    ledger().hint(new Hint("github", "d-" + ++deliveries, "push", ref));
  }

  private EnvironmentWorkflow ledger() {
    return client.newWorkflowStub(EnvironmentWorkflow.class, LEDGER);
  }
}
