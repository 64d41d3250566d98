package dev.signalbox.starter.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.signalbox.activities.approval.DecisionProof;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.starter.Sender;
import dev.signalbox.starter.engine.InProcessEngine;
import dev.signalbox.starter.gateway.Keeper.Kept;
import dev.signalbox.workers.engine.EngineAddress;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.release.Digest;
import dev.signalbox.workflows.spoken.SpokenActivities;
import dev.signalbox.workflows.spoken.SpokenActivities.Answered;
import dev.signalbox.workflows.spoken.SpokenActivities.Carried;
import dev.signalbox.workflows.spoken.SpokenWords;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the engine keeps of comments, and gateways that come and go. */
final class SpokenCommentTest implements Commands {
  private static final Secret KEY = new Secret("the-key-of-the-gateway");
  private static final Duration SOON = Duration.ofMillis(100);
  private static final LeftDecision LEFT =
      new LeftDecision("promotion/inspector/production/1", "github-7");

  private final List<String> ran = new CopyOnWriteArrayList<>();
  private final PullRequest pull = new PullRequest();
  private Function<List<String>, Said> answer = words -> new Said(4, "recorded\n", "", LEFT);
  private volatile String verdict;
  private volatile boolean workerRuns = true;
  private final CompletableFuture<Void> workerStarted = new CompletableFuture<>();
  private final ExecutorService work = Executors.newCachedThreadPool();
  private final MeterRegistry metrics = new SimpleMeterRegistry();
  private volatile Instant said;

  @AfterEach
  void close() {
    pull.close();
    workerStarted.complete(null);
    work.shutdownNow();
  }

  @Test
  void anotherGatewayTellsTheVerdictOfOneThatIsGone() {
    try (InProcessEngine engine = InProcessEngine.start();
        EngineConnection connection = connection(engine)) {
      Courier courier = new Courier(connection);
      assertThat(courier.keep(words("approve 5555555", Instant.now())).join()).isEqualTo(Kept.NEW);
      assertThat(courier.keep(words("approve 5555555", Instant.now())).join())
          .as("sent again")
          .isEqualTo(Kept.KNOWN);
      whileAGatewayRuns(connection, () -> eventually("recorded"));
      verdict = "counted: approve by ana";

      whileAGatewayRuns(connection, () -> eventually("counted: approve by ana"));
    }
    assertThat(ran).containsExactly("ana: approve 5555555 --reason=-");
    assertThat(pull.text()).doesNotContain("recorded");
  }

  @Test
  void isNotKeptByAnEngineThatIsGone() {
    InProcessEngine engine = InProcessEngine.start();
    try (EngineConnection connection = connection(engine)) {
      engine.close();

      assertThat(new Courier(connection).keep(words("why", Instant.now())).join())
          .isEqualTo(Kept.NOT);
    }
  }

  @Test
  void carriesOutNothingThatWasSaidTooLongAgo() {
    Instant longAgo = Instant.now().minus(SpokenActivitiesImpl.FRESH).minusSeconds(1);

    assertThat(attempt(words("approve 5555555", longAgo), false).text())
        .startsWith("not carried out: it was said at ");
    assertThat(attempt(words("approve 5555555", longAgo), true).text()).startsWith("interrupted");
    assertThat(ran).isEmpty();
    assertThat(attempt(words("why 5555555", longAgo), false).text()).isEqualTo("recorded");
    assertThat(attempt(words("audit verify", longAgo), true).text())
        .as("what takes too long is not begun for ever")
        .startsWith("interrupted");
  }

  @Test
  void saysWhenTheCommentWasWrittenSoThatItCountsForNothingThatIsAskedLater() {
    Instant written = Instant.now().minusSeconds(60);

    attempt(words("approve 5555555", written), false);

    assertThat(said).isEqualTo(written);
  }

  @Test
  void answersWithTheVerdictWhereAWorkerJudgesAtOnce() {
    verdict = "counted: approve by ana";

    Carried carried = attempt(words("approve 5555555", Instant.now()), false);

    assertThat(carried.text())
        .isEqualTo("counted: approve by ana  (promotion/inspector/production/1)");
    assertThat(carried.left()).as("nobody waits for it any more").isNull();
  }

  @Test
  void makesThePreviewOfThePullRequestOnWhichItIsSaid() {
    attempt(words("preview", Instant.now()), false);

    assertThat(ran).containsExactly("ana: preview create pr-3");
  }

  @Test
  void waitsForNoWorkerWhereNoneRuns() {
    workerRuns = false;

    Carried carried = attempt(words("approve 5555555", Instant.now()), false);

    assertThat(carried.text()).isEqualTo("recorded");
    assertThat(carried.left().decisionId()).isEqualTo("github-7");
  }

  @Test
  void provesNothingThatNoGatewayHeard() {
    SpokenWords heard = words("approve 5555555", Instant.now());
    SpokenWords forged = unsealed("ana", "approve 5555555", Instant.now());
    SpokenWords another = unsealed("ben", heard.text(), heard.said()).sealedBy(heard.seal());

    assertThat(attempt(forged, false).text()).isEqualTo("refused: no gateway heard this");
    assertThat(attempt(another, false).text()).isEqualTo("refused: no gateway heard this");
    assertThat(ran).isEmpty();
  }

  @Test
  void carriesOutNothingOfACommentThatWasDeletedOrEditedSince() {
    Instant written = Instant.now().minusSeconds(60);
    SpokenWords words = words("freeze production --reason r", written);

    pull.write(7, "/signalbox freeze production --reason r\nNever mind.");
    assertThat(attempt(words, false).text())
        .isEqualTo("refused: the comment was edited since; nothing was carried out, say it again");
    assertThat(attempt(words, true).text()).startsWith("interrupted");
    pull.delete(7);
    assertThat(attempt(words, false).text())
        .isEqualTo("refused: the comment was deleted since; nothing was carried out, say it again");
    assertThat(ran).isEmpty();
  }

  @Test
  void answersWhereTheCommentWasDeleted() {
    SpokenWords words = words("freeze production --reason r", Instant.now());
    pull.delete(7);

    place().heard(words);
    place().answer(words, "refused");

    assertThat(pull.text()).contains("To ana", "refused");
  }

  @Test
  void carriesOutNothingThatItCannotReadBackAndTriesThatAgain() {
    SpokenWords words = words("freeze production --reason r", Instant.now());

    pull.delete(7);
    assertThat(triedAgain(words)).as("not shown everywhere yet").isTrue();
    pull.goAway();
    assertThat(triedAgain(words)).isTrue();
    assertThat(ran).isEmpty();
  }

  private boolean triedAgain(SpokenWords words) {
    try {
      attempt(words, false);
      return false;
    } catch (ActivityFailure failed) {
      return failed.getCause() instanceof ApplicationFailure cause && !cause.isNonRetryable();
    }
  }

  @Test
  void repeatsAnInterruptedDecisionButNoCancel() {
    assertThat(attempt(words("approve 5555555", Instant.now()), true).left().decisionId())
        .isEqualTo("github-7");
    assertThat(attempt(words("cancel production", Instant.now()), true).text())
        .isEqualTo("interrupted: `why` and `status` show whether it was carried out");
    assertThat(ran).hasSize(1);
  }

  @Test
  void triesAgainWhatAPersonOrderedAndNobodyTook() {
    answer = words -> new Said(3, "", "no engine\n", null);

    Carried order = attempt(words("freeze production --reason r", Instant.now()), false);

    assertThat(order.again()).isTrue();
    assertThat(order.text()).startsWith("no engine\n\ntried again until ");
    assertThat(attempt(words("status", Instant.now()), false).again()).isFalse();
  }

  @Test
  void answersThatItIsNotCarriedOutWhereItMayNotBeReadBack() {
    SpokenWords words = words("freeze production --reason r", Instant.now());
    pull.hide();

    assertThat(attempt(words, false).text())
        .startsWith("not carried out: ")
        .contains("answered 403", "; then say it again");
    assertThat(attempt(words, true).text()).as("an attempt before had begun").contains("interrup");
    assertThat(ran).isEmpty();
  }

  @Test
  void answersThoughItMayLeaveNoReceipt() {
    SpokenWords words = words("why 5555555", Instant.now());
    pull.forbidReactions();

    attempt(false, hands -> hands.answer(new Answered(words, "it waits for nobody")));

    assertThat(pull.text()).contains("To ana", "it waits for nobody");
  }

  @Test
  void countsWhoCouldNotBeAnsweredAndTriesNoMore() {
    SpokenWords words = words("why 5555555", Instant.now());
    pull.forbidWriting();

    assertThatThrownBy(
            () -> attempt(false, hands -> hands.answer(new Answered(words, "it waits for nobody"))))
        .cause()
        .hasMessageContaining("403")
        .asInstanceOf(type(ApplicationFailure.class))
        .matches(ApplicationFailure::isNonRetryable, "not tried again");
    assertThat(metrics.counter("signalbox_gateway_unanswered", "door", "github").count())
        .isEqualTo(1);
  }

  /** One attempt of carrying it out; an earlier one may have begun. */
  private Carried attempt(SpokenWords words, boolean begun) {
    AtomicReference<Carried> carried = new AtomicReference<>();
    attempt(begun, hands -> carried.set(hands.carryOut(words)));
    return carried.get();
  }

  private void attempt(boolean begun, Consumer<SpokenActivities> deed) {
    TestActivityEnvironment environment =
        TestActivityEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(WireFormat.converter())
                        .build())
                .build());
    try {
      environment.registerActivitiesImplementations(hands());
      if (begun) {
        environment.setHeartbeatDetails(ActivityProfiles.SENDING);
      }
      deed.accept(environment.newActivityStub(SpokenActivities.class));
    } finally {
      environment.close();
    }
  }

  private SpokenWords words(String text, Instant said) {
    pull.write(7, "/signalbox " + text);
    SpokenWords words = unsealed("ana", text, said);
    return words.sealedBy(DecisionProof.of(words.words(), KEY));
  }

  private static SpokenWords unsealed(String person, String text, Instant said) {
    return new SpokenWords(
        "inspector",
        "github",
        "7",
        person,
        text,
        "3",
        said,
        null,
        Digest.sha256("/signalbox " + text),
        null);
  }

  private static EngineConnection connection(InProcessEngine engine) {
    return EngineConnection.open(EngineAddress.local(engine.address(), "default", "a test"));
  }

  private CommentPlace place() {
    PipelineFile pipelines =
        PipelineFile.parse(
                "signalbox.toml",
                """
                [project]
                name = "inspector"
                github = "acme/inspector"
                railway = "r1"
                [services.web]
                [environments.production]
                branch = "main"
                """)
            .orThrow();
    return new CommentPlace(pull.board(), pipelines, this, Clock.systemUTC());
  }

  private SpokenActivities hands() {
    return new SpokenActivitiesImpl(
        Map.of(CommentDesk.DOOR, place()),
        this,
        new SoonJudged(this, work, SOON),
        Optional.of(KEY),
        new Tally(metrics),
        Clock.systemUTC());
  }

  private void whileAGatewayRuns(EngineConnection connection, Runnable deed) {
    GatewayWorker gateway = GatewayWorker.start(connection, "inspector", hands());
    try {
      deed.run();
    } finally {
      gateway.close();
    }
  }

  private void eventually(String text) {
    // An attempt that went to a gateway that was just ending is another's after a minute only.
    Instant end = Instant.now().plusSeconds(100);
    while (!pull.text().contains(text)) {
      assertThat(Instant.now()).as("people read " + pull.text()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  @Override
  public Said run(Sender sender, List<String> words, boolean json) {
    ran.add(sender.person() + ": " + String.join(" ", words));
    said = sender.said();
    return answer.apply(words);
  }

  @Override
  public Optional<String> promotionOf(String revision) {
    return Optional.empty();
  }

  @Override
  public Verdict verdict(LeftDecision decision) {
    if (!workerRuns) {
      workerStarted.join();
    }
    return verdict == null ? null : new Verdict(0, verdict);
  }
}
