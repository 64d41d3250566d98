package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static dev.signalbox.workflows.environment.RunReportFixture.workflowId;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.signalbox.workflows.environment.HistoryEntry.Kind;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.policy.EnvironmentPolicy.WhenBusy;
import io.temporal.client.WorkflowUpdateException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests, the lease and the queue. */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class EnvironmentWorkflowTest extends LedgerHouse {
  @Test
  void goesOnAfterSignalsWithoutTheirObjects() {
    ask(promote(1).because(HoldingPromotion.A_BLINK));
    for (String signal :
        List.of("leaseRequested", "leaseReleased", "runEnded", "backupScheduled")) {
      client.newUntypedWorkflowStub(LEDGER).signal(signal);
    }

    awaitEnds(1);
    assertThat(ask(promote(2)).outcome()).isEqualTo(Outcome.STARTED);
  }

  @Test
  void letsARunThatIsLiveWaitForMoreInNobodysWay() {
    ask(promote(1).because(HoldingPromotion.GOES_ON));
    comesTrue(
        LONG_ENOUGH_FOR_ONE,
        () -> {
          assertThat(status().live().revision()).isEqualTo(revision(1));
          assertThat(status().holder()).isNull();
        });
    assertThat(status().waiting()).containsExactly(workflowId(1));
    assertThat(ask(promote(1).withId("again")).outcome()).isEqualTo(Outcome.ALREADY_THERE);

    pipeline = aPipeline().whenBusy(WhenBusy.REFUSE).build();
    assertThat(ask(promote(2)).outcome()).isEqualTo(Outcome.STARTED);
    comesTrue(
        LONG_ENOUGH_FOR_ONE,
        () -> {
          assertThat(status().live().revision()).isEqualTo(revision(2));
          assertThat(status().waiting()).isEmpty();
        });
    assertThat(status().runs())
        .extracting(HistoryEntry::detail)
        .contains("the rest is taken over by " + workflowId(2));
  }

  @Test
  void hasOnRecordWhoAskedForWhatWhileItStillRuns() {
    ask(promote(1).because(HoldingPromotion.AN_HOUR));
    ask(promote(1).withId("again").because("it is urgent"));

    assertThat(status().runs()).isEmpty();
    assertThat(status().history())
        .extracting(
            HistoryEntry::kind,
            HistoryEntry::id,
            HistoryEntry::requester,
            HistoryEntry::door,
            HistoryEntry::detail)
        .containsExactly(
            tuple(Kind.ASKED, workflowId(1), "ana", "cli", "promote: " + HoldingPromotion.AN_HOUR),
            tuple(
                Kind.ASKED,
                workflowId(1),
                "ana",
                "cli",
                "promote, already under way: it is urgent"));
  }

  @Test
  void letsAHundredPromotionsThroughOneAtATimeWhileItTurnsItsPage() {
    ask(promote(0).because(HoldingPromotion.A_BLINK));
    String firstPage = page();
    sayNothing(EnvironmentWorkflowImpl.TURN_AFTER - 100);

    List<RequestAnswer> answers =
        askAtOnce(
            IntStream.rangeClosed(1, 100)
                .mapToObj(number -> promote(number).because(HoldingPromotion.A_BLINK))
                .toList());
    awaitEnds(101);

    assertThat(answers)
        .extracting(RequestAnswer::outcome)
        .containsOnly(Outcome.STARTED, Outcome.QUEUED);
    assertThat(page()).isNotEqualTo(firstPage);
    assertThat(status().waiting()).isEmpty();
    assertThat(status().holder()).isNull();
    assertThat(status().runs())
        .extracting(HistoryEntry::revision)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(0, 100).mapToObj(RunReportFixture::revision).toList());
    assertThatNoTwoHeldItAtOnce(status().runs());
  }

  @Test
  void keepsARequestThatComesWhileItTurnsItsPage() {
    github.askedSlowly = revision(1);
    CompletableFuture<RequestAnswer> underWay = askLater(promote(1));
    fillThePage();

    RequestAnswer meanwhile = askOnce(promote(2));
    github.answers.countDown();
    RequestAnswer afterwards = ask(promote(2));

    assertThat(meanwhile.retry()).isTrue();
    assertThat(underWay.join().outcome()).isEqualTo(Outcome.STARTED);
    assertThat(afterwards.outcome()).isEqualTo(Outcome.QUEUED);
    // Both are started on the new page: which of them gets the lease first is the engine's to say.
    comesTrue(
        () ->
            assertThat(List.of(status().holder().workflowId(), status().waiting().get(0)))
                .containsExactlyInAnyOrder(workflowId(1), workflowId(2)));
  }

  @Test
  void carriesARequestOutThatNobodyAsksForAgain() {
    github.askedSlowly = revision(1);
    CompletableFuture<RequestAnswer> underWay =
        askLater(promote(1).because(HoldingPromotion.A_BLINK));
    fillThePage();
    askOnce(promote(2).because(HoldingPromotion.A_BLINK));
    github.answers.countDown();
    underWay.join();

    awaitEnds(2);

    assertThat(status().runs())
        .extracting(HistoryEntry::revision)
        .contains(revision(1), revision(2));
  }

  @Test
  void answersTheSameRequestIdTwiceTheSame() {
    RequestAnswer first = ask(promote(1));

    RequestAnswer second = ask(promote(1));
    RequestAnswer otherDoor = ask(promote(1), "another-update-id");

    assertThat(first.outcome()).isEqualTo(Outcome.STARTED);
    assertThat(second).isEqualTo(first);
    assertThat(otherDoor).isEqualTo(first);
  }

  @Test
  void answersTheSameRequestIdTheSameOnTheNextPage() {
    RequestAnswer first = ask(promote(1).because(HoldingPromotion.AN_HOUR));
    String firstPage = page();
    sayNothing(EnvironmentWorkflowImpl.TURN_AFTER);
    await(() -> !page().equals(firstPage));

    RequestAnswer second = ask(promote(1).because(HoldingPromotion.AN_HOUR));

    assertThat(second).isEqualTo(first);
  }

  @Test
  void joinsAPromotionOfTheSameRevision() {
    ask(promote(1));

    RequestAnswer answer = ask(promote(1).withId("r-again"));

    assertThat(answer.outcome()).isEqualTo(Outcome.JOINED);
    assertThat(answer.id()).isEqualTo(workflowId(1));
  }

  @Test
  void refusesWhatProvedBad() {
    ask(promote(1).because(HoldingPromotion.BAD));
    comesTrue(LONG_ENOUGH_FOR_ONE, () -> assertThat(status().quarantine()).isNotEmpty());

    RequestAnswer answer = ask(promote(1).withId("r-again"));

    assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(answer.message()).contains("turned out bad; promote a newer commit that mends it; ");
  }

  @Test
  void startsANewRunOfARevisionThatEndedOtherwise() {
    wentLive(1);
    wentLive(2);

    RequestAnswer answer = ask(promote(1).withId("r-again"));

    assertThat(answer.outcome()).isEqualTo(Outcome.STARTED);
    assertThat(answer.id()).isEqualTo(workflowId(1));
  }

  @Test
  void failsTheRequestThatNamesACommitThatGitHubDoesNotKnow() {
    LedgerAsk unknown =
        new LedgerAsk("r-unknown", LedgerRequest.Kind.PROMOTE, "f".repeat(40), null, "", null);

    assertThatThrownBy(() -> ask(unknown))
        .isInstanceOf(WorkflowUpdateException.class)
        .cause()
        .hasMessageContaining("no such commit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "ABCDEF1", "abc"})
  void refusesAtTheDoorWhatIsNoRevision(String revision) {
    LedgerAsk malformed =
        new LedgerAsk("r-1", LedgerRequest.Kind.PROMOTE, revision, null, "", null);

    assertThatThrownBy(() -> ask(malformed))
        .isInstanceOf(WorkflowUpdateException.class)
        .cause()
        .hasMessageContaining("want 7 to 40 hex digits");
  }

  @Test
  void startsOthersWhileGitHubHangsOnOne() {
    github.markedSlowly = revision(1);
    CompletableFuture<RequestAnswer> hanging = askLater(promote(1));

    RequestAnswer other = ask(promote(2));

    assertThat(hanging).isNotDone();
    assertThat(other.outcome()).isEqualTo(Outcome.STARTED);
    github.answers.countDown();
    assertThat(hanging.join().outcome()).isEqualTo(Outcome.QUEUED);
  }

  @Test
  void startsOneOfTwoThatAskForTheSameWhileGitHubHangs() {
    github.markedSlowly = revision(1);
    CompletableFuture<RequestAnswer> first = askLater(promote(1));
    CompletableFuture<RequestAnswer> second =
        CompletableFuture.supplyAsync(
            () -> ask(promote(1).withId("r-again")), EnvironmentWorkflowTest::apart);
    awaitMessages(2);
    await(() -> github.resolutions.get() == 2);
    ask(promote(2));

    github.answers.countDown();

    assertThat(List.of(first.join().outcome(), second.join().outcome()))
        .as("whichever came first")
        .containsExactlyInAnyOrder(Outcome.QUEUED, Outcome.JOINED);
    assertThat(github.markings).as("\"pending\" is not said of one that runs").hasValue(1);
  }

  @Test
  void grantsAgainToAHolderThatAsksAgain() {
    ask(promote(1).because(HoldingPromotion.DEAF_ONCE));
    comesTrue(() -> assertThat(status().holder().number()).isEqualTo(1));

    comesTrue(
        Duration.ofHours(1).plus(LONG_ENOUGH_FOR_ONE),
        () -> {
          assertThat(status().live().revision()).isEqualTo(revision(1));
          assertThat(status().holder()).isNull();
        });
  }

  @Test
  void keepsTheLeaseThatAnOlderReleaseDoesNotMean() {
    holdsForAnHour(1);
    LedgerStatus.Holder holder = status().holder();
    EnvironmentWorkflow ledger = client.newWorkflowStub(EnvironmentWorkflow.class, LEDGER);

    ledger.leaseReleased(
        new LeaseRelease(holder.workflowId(), holder.runId(), holder.number() - 1));
    ask(promote(2));
    engine.sleep(A_MOMENT);

    assertThat(status().holder()).isEqualTo(holder);
  }

  @Test
  void grantsOnceWhatIsReleasedTwice() {
    holdsForAnHour(1);
    LedgerStatus.Holder holder = status().holder();
    waits(promote(2).because(HoldingPromotion.AN_HOUR));
    waits(promote(3).because(HoldingPromotion.AN_HOUR));
    EnvironmentWorkflow ledger = client.newWorkflowStub(EnvironmentWorkflow.class, LEDGER);
    LeaseRelease release = new LeaseRelease(holder.workflowId(), holder.runId(), holder.number());

    ledger.leaseReleased(release);
    comesTrue(() -> assertThatItHolds(2));
    ledger.leaseReleased(release);
    engine.sleep(A_MOMENT);

    assertThatItHolds(2);
  }

  @Test
  void refusesOneServiceAloneAndNamesTheKeyThatWouldAllowIt() {
    wentLive(1);

    RequestAnswer answer = ask(promote(2).ofTheBackendAlone());

    assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(answer.message()).contains("[environments.production] partial = true");
  }

  @Test
  void refusesOneServiceAloneWhereNoSetIsOnRecord() {
    pipeline = aPipeline().allowingOneServiceAlone().build();

    RequestAnswer answer = ask(promote(1).ofTheBackendAlone());

    assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(answer.message()).startsWith("no verified set of production is on record");
  }

  @Test
  void promotesTheOthersAfterOneThatWasDeployedAlone() {
    pipeline = aPipeline().allowingOneServiceAlone().build();
    wentLive(1);

    assertThat(ask(promote(2).ofTheBackendAlone().because(HoldingPromotion.AN_HOUR)).outcome())
        .isEqualTo(Outcome.STARTED);
    comesTrue(() -> assertThatItHolds(2));
    RequestAnswer meanwhile = ask(promote(2));
    assertThat(meanwhile.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(meanwhile.message())
        .isEqualTo(
            "a promotion of this commit is under way, of backend only; ask again when it has"
                + " ended");
    comesTrue(
        Duration.ofHours(2), () -> assertThat(status().live().apart()).containsExactly("frontend"));

    assertThat(ask(promote(2).ofTheBackendAlone().withId("again")).outcome())
        .isEqualTo(Outcome.ALREADY_THERE);
    assertThat(ask(promote(2).withId("the others")).outcome()).isEqualTo(Outcome.STARTED);
    comesTrue(LONG_ENOUGH_FOR_ONE, () -> assertThat(status().live().whole()).isTrue());
    assertThat(ask(promote(2).withId("once more")).outcome()).isEqualTo(Outcome.ALREADY_THERE);
  }

  private CompletableFuture<RequestAnswer> askLater(LedgerAsk ask) {
    CompletableFuture<RequestAnswer> answer =
        CompletableFuture.supplyAsync(() -> ask(ask), EnvironmentWorkflowTest::apart);
    awaitMessages(1);
    return answer;
  }

  private List<RequestAnswer> askAtOnce(List<LedgerAsk> asks) {
    ExecutorService people = Executors.newFixedThreadPool(16);
    try {
      List<CompletableFuture<RequestAnswer>> answers = new ArrayList<>();
      for (LedgerAsk ask : asks) {
        answers.add(CompletableFuture.supplyAsync(() -> ask(ask), people));
      }
      return answers.stream().map(CompletableFuture::join).toList();
    } finally {
      people.shutdown();
    }
  }

  /** From here on the ledger only waits for what it has begun. */
  private void fillThePage() {
    sayNothing(EnvironmentWorkflowImpl.TURN_AFTER);
    awaitMessages(EnvironmentWorkflowImpl.TURN_AFTER);
  }

  // The engine's clock may stand still after a page was turned in the middle of news, so nothing is
  // skipped here: what is awaited takes a blink each, and on a busy machine longer, one by one.
  private void awaitEnds(int number) {
    for (int ended = 1; ended <= number; ended++) {
      int next = ended;
      await(() -> status().runs().size() >= next);
    }
  }

  private static void assertThatNoTwoHeldItAtOnce(List<HistoryEntry> history) {
    Instant free = Instant.EPOCH;
    for (HistoryEntry entry : history) {
      int middle = entry.detail().indexOf('/');
      assertThat(Instant.parse(entry.detail().substring(0, middle))).isAfterOrEqualTo(free);
      free = Instant.parse(entry.detail().substring(middle + 1));
    }
  }
}
