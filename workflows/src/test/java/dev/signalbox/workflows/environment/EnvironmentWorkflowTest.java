package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static dev.signalbox.workflows.environment.RunReportFixture.workflowId;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.environment.LedgerActivities.HolderQuery;
import dev.signalbox.workflows.environment.LedgerActivities.HolderState;
import dev.signalbox.workflows.environment.LedgerActivities.RunQuery;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.AncestryQuery;
import dev.signalbox.workflows.github.GitHubActivities.CommitStatus;
import dev.signalbox.workflows.github.GitHubActivities.EndOfRun;
import dev.signalbox.workflows.github.GitHubActivities.MadeBranch;
import dev.signalbox.workflows.github.GitHubActivities.PromotedQuery;
import dev.signalbox.workflows.github.GitHubActivities.ResolvedRevision;
import dev.signalbox.workflows.github.GitHubActivities.RevisionQuery;
import dev.signalbox.workflows.policy.EnvironmentPolicy.WhenBusy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.EnvironmentQuery;
import dev.signalbox.workflows.railway.RailwayActivities.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.rollback.RollbackRequest;
import dev.signalbox.workflows.rollback.RollbackWorkflow;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test has an engine of its own. */
@Execution(ExecutionMode.CONCURRENT)
class EnvironmentWorkflowTest {
  private static final String MERGE_OF_1 = "e".repeat(40);
  private static final Duration A_MOMENT = Duration.ofSeconds(5);
  private static final Duration LONG_ENOUGH_FOR_ONE = Duration.ofMinutes(2);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final String LEDGER = EnvironmentWorkflow.id("inspector", "production");
  private static final String DEPLOY = MigrateAndDeployWorkflow.id("inspector", "production");

  private final TaskQueues queues = new TaskQueues("inspector");
  private final CountDownLatch githubAnswers = new CountDownLatch(1);
  private volatile String askedSlowly = "";
  private volatile String markedSlowly = "";
  private final AtomicInteger markings = new AtomicInteger();
  private final AtomicInteger resolutions = new AtomicInteger();
  private final List<String> saidAtGitHub = new CopyOnWriteArrayList<>();
  private volatile boolean awayOnce;
  private volatile boolean comparing = true;
  private volatile boolean engineAnswers = true;
  private volatile DeployResult deployed;
  private volatile boolean deployLost;
  private volatile Pipeline pipeline = aPipeline().build();
  private volatile Instant onRailwaySince = Instant.parse("2026-11-01T12:00:00Z");
  private volatile List<String> onRailway = Arrays.asList(revision(900), revision(901));
  private TestWorkflowEnvironment engine;
  private WorkflowClient client;

  @BeforeEach
  void aWorkerServesTheProject() {
    engine = Engine.fresh();
    client = engine.getWorkflowClient();
    Worker worker = engine.newWorker(queues.workflows());
    worker.registerWorkflowImplementationTypes(
        EnvironmentWorkflowImpl.class, HoldingPromotion.class, QuickRollback.class);
    worker.registerActivitiesImplementations(
        Engine.knowing(PolicyActivities.class, "read", PolicyQuery.class, query -> pipeline),
        Engine.knowing(
            LedgerActivities.class,
            Map.of(
                "inspect",
                query -> inspect((HolderQuery) query),
                "madeBranch",
                query ->
                    new MadeBranch("promote/" + ((RunQuery) query).runId(), revision(1), true))));
    engine
        .newWorker(queues.github())
        .registerActivitiesImplementations(
            Engine.knowing(
                GitHubActivities.class,
                Map.of(
                    "resolveRevision", query -> resolve((RevisionQuery) query),
                    "promoted", query -> promoted((PromotedQuery) query),
                    "isAncestor", query -> isAncestor((AncestryQuery) query),
                    "postStatus", status -> markSlowly((CommitStatus) status),
                    "tellEnd", end -> told((EndOfRun) end))));
    engine
        .newWorker(queues.railway())
        .registerActivitiesImplementations(
            Engine.knowing(
                RailwayActivities.class,
                "readEnvironment",
                EnvironmentQuery.class,
                query -> environment()));
    engine.start();
  }

  @AfterEach
  void theEngineEnds() {
    githubAnswers.countDown();
    engine.close();
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
    assertThat(status().history())
        .extracting(HistoryEntry::revision)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(0, 100).mapToObj(RunReportFixture::revision).toList());
    assertThatNoTwoHeldItAtOnce(status().history());
  }

  @Test
  void keepsARequestThatComesWhileItTurnsItsPage() {
    askedSlowly = revision(1);
    CompletableFuture<RequestAnswer> underWay = askLater(promote(1));
    fillThePage();

    RequestAnswer meanwhile = askOnce(promote(2));
    githubAnswers.countDown();
    RequestAnswer afterwards = ask(promote(2));

    assertThat(meanwhile.retry()).isTrue();
    assertThat(underWay.join().outcome()).isEqualTo(Outcome.STARTED);
    assertThat(afterwards.outcome()).isEqualTo(Outcome.QUEUED);
    // Both are started on the new page: which of them gets the lease first is the engine's to say.
    assertThat(List.of(status().holder().workflowId(), status().waiting().get(0)))
        .containsExactlyInAnyOrder(workflowId(1), workflowId(2));
  }

  @Test
  void carriesARequestOutThatNobodyAsksForAgain() {
    askedSlowly = revision(1);
    CompletableFuture<RequestAnswer> underWay =
        askLater(promote(1).because(HoldingPromotion.A_BLINK));
    fillThePage();
    askOnce(promote(2).because(HoldingPromotion.A_BLINK));
    githubAnswers.countDown();
    underWay.join();

    awaitEnds(2);

    assertThat(status().history())
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
  void saysThatWhatIsLiveIsAlreadyThere() {
    wentLive(1);

    RequestAnswer answer = ask(promote(1).withId("r-again"));

    assertThat(answer.outcome()).isEqualTo(Outcome.ALREADY_THERE);
    assertThat(answer.message()).startsWith("0000000 is live since");
  }

  @Test
  void asksRailwayWhatRunsWhenItHasNoRecord() {
    onRailway = List.of(revision(1), revision(1));

    RequestAnswer answer = ask(promote(1));

    assertThat(answer.outcome()).isEqualTo(Outcome.ALREADY_THERE);
    assertThat(answer.message()).startsWith("0000000 runs as every service since 2026-11-01");
  }

  @Test
  void saysWhatRunsWhenRailwayDoesNotSaySinceWhen() {
    onRailway = List.of(revision(1), revision(1));
    onRailwaySince = null;

    assertThat(ask(promote(1)).message()).startsWith("0000000 runs as every service, by");
  }

  @Test
  void takesAMergeThatAddsNothingForWhatItMerged() {
    onRailway = List.of(MERGE_OF_1, MERGE_OF_1);

    assertThat(ask(promote(1)).outcome()).isEqualTo(Outcome.ALREADY_THERE);
  }

  @Test
  void startsWhatRunsAsOneServiceOnly() {
    onRailway = List.of(revision(1), revision(2));

    assertThat(ask(promote(1)).outcome()).isEqualTo(Outcome.STARTED);
  }

  @Test
  void startsWhenRailwayDoesNotNameTheCommitOfAService() {
    onRailway = Arrays.asList(revision(1), null);

    assertThat(ask(promote(1)).outcome()).isEqualTo(Outcome.STARTED);
  }

  @Test
  void startsWhenRailwayCannotBeAsked() {
    onRailway = List.of();

    assertThat(ask(promote(1)).outcome()).isEqualTo(Outcome.STARTED);
  }

  @Test
  void believesItsOwnRecordAndDoesNotAskRailway() {
    wentLive(1);
    onRailway = List.of(revision(2), revision(2));

    assertThat(ask(promote(2)).outcome()).isEqualTo(Outcome.STARTED);
  }

  @Test
  void refusesWhatProvedBad() {
    ask(promote(1).because(HoldingPromotion.BAD));
    engine.sleep(LONG_ENOUGH_FOR_ONE);

    RequestAnswer answer = ask(promote(1).withId("r-again"));

    assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(answer.message()).endsWith("turned out bad; promote a newer commit that mends it");
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
    Ask unknown = new Ask("r-unknown", LedgerRequest.Kind.PROMOTE, "f".repeat(40), null, "", null);

    assertThatThrownBy(() -> ask(unknown))
        .isInstanceOf(WorkflowUpdateException.class)
        .cause()
        .hasMessageContaining("no such commit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "ABCDEF1", "abc"})
  void refusesAtTheDoorWhatIsNoRevision(String revision) {
    Ask malformed = new Ask("r-1", LedgerRequest.Kind.PROMOTE, revision, null, "", null);

    assertThatThrownBy(() -> ask(malformed))
        .isInstanceOf(WorkflowUpdateException.class)
        .cause()
        .hasMessageContaining("want 7 to 40 hex digits");
  }

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
    engine.sleep(Duration.ofHours(2));

    assertThat(answer.outcome()).isEqualTo(Outcome.QUEUED);
    assertThat(status().history())
        .extracting(HistoryEntry::revision, HistoryEntry::result)
        .containsExactly(
            tuple(revision(2), Result.SUPERSEDED),
            tuple(revision(1), Result.LIVE),
            tuple(revision(3), Result.LIVE));
  }

  @Test
  void neverLetsAnOlderOneTakeThePlaceOfANewerOne() {
    pipeline = aPipeline().whenBusy(WhenBusy.SUPERSEDE).build();
    holdsForAnHour(1);
    ask(promote(3));

    RequestAnswer answer = ask(promote(2));
    engine.sleep(A_MOMENT);

    assertThat(answer.outcome()).isEqualTo(Outcome.QUEUED);
    assertThat(status().waiting()).containsExactly(workflowId(3), workflowId(2));
  }

  @Test
  void queuesWhenNobodyKnowsWhichIsNewer() {
    pipeline = aPipeline().whenBusy(WhenBusy.SUPERSEDE).build();
    comparing = false;
    holdsForAnHour(1);
    ask(promote(2));

    RequestAnswer answer = ask(promote(3));
    engine.sleep(A_MOMENT);

    assertThat(answer.outcome()).isEqualTo(Outcome.QUEUED);
    assertThat(status().waiting()).containsExactly(workflowId(2), workflowId(3));
  }

  @Test
  void startsOthersWhileGitHubHangsOnOne() {
    markedSlowly = revision(1);
    CompletableFuture<RequestAnswer> hanging = askLater(promote(1));

    RequestAnswer other = ask(promote(2));

    assertThat(hanging).isNotDone();
    assertThat(other.outcome()).isEqualTo(Outcome.STARTED);
    githubAnswers.countDown();
    assertThat(hanging.join().outcome()).isEqualTo(Outcome.QUEUED);
  }

  @Test
  void startsOneOfTwoThatAskForTheSameWhileGitHubHangs() {
    markedSlowly = revision(1);
    CompletableFuture<RequestAnswer> first = askLater(promote(1));
    CompletableFuture<RequestAnswer> second =
        CompletableFuture.supplyAsync(
            () -> ask(promote(1).withId("r-again")), EnvironmentWorkflowTest::apart);
    awaitMessages(2);
    await(() -> resolutions.get() == 2);
    ask(promote(2));

    githubAnswers.countDown();

    assertThat(first.join().outcome()).isEqualTo(Outcome.QUEUED);
    assertThat(second.join().outcome()).isEqualTo(Outcome.JOINED);
    assertThat(markings).as("\"pending\" is not said of one that runs").hasValue(1);
  }

  @Test
  void grantsAgainToAHolderThatAsksAgain() {
    ask(promote(1).because(HoldingPromotion.DEAF_ONCE));
    engine.sleep(A_MOMENT);
    long number = status().holder().number();

    engine.sleep(Duration.ofHours(1).plus(LONG_ENOUGH_FOR_ONE));

    assertThat(status().live().revision()).isEqualTo(revision(1));
    assertThat(status().holder()).isNull();
    assertThat(number).isEqualTo(1);
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
    ask(promote(2).because(HoldingPromotion.AN_HOUR));
    ask(promote(3).because(HoldingPromotion.AN_HOUR));
    EnvironmentWorkflow ledger = client.newWorkflowStub(EnvironmentWorkflow.class, LEDGER);
    LeaseRelease release = new LeaseRelease(holder.workflowId(), holder.runId(), holder.number());

    ledger.leaseReleased(release);
    engine.sleep(A_MOMENT);
    ledger.leaseReleased(release);
    engine.sleep(A_MOMENT);

    assertThat(status().holder().workflowId()).isEqualTo(workflowId(2));
  }

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
    ask(promote(2).because(HoldingPromotion.AN_HOUR));
    engine.sleep(A_MOMENT);
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
    engine.sleep(A_MOMENT);

    assertThat(status().holder().workflowId()).isEqualTo(workflowId(2));
    assertThat(status().history())
        .extracting(HistoryEntry::detail)
        .containsExactly("ended without a report");
  }

  @Test
  void keepsTheLeaseOfATerminatedHolderUntilItsDeployIsClosed() {
    holdsForAnHour(1);
    aDeployRuns();
    terminate(workflowId(1));
    ask(promote(2).because(HoldingPromotion.AN_HOUR));

    engine.sleep(A_MOMENT);
    String holderWhileItDeploys = status().holder().workflowId();
    engine.sleep(QuickRollback.TAKES.plusMinutes(5));

    assertThat(holderWhileItDeploys).isEqualTo(workflowId(1));
    assertThat(status().holder().workflowId()).isEqualTo(workflowId(2));
  }

  @Test
  void passesTheLeaseOverATerminatedPromotionThatWaited() {
    holdsForAnHour(1);
    ask(promote(2));
    ask(promote(3));
    engine.sleep(A_MOMENT);
    terminate(workflowId(2));

    engine.sleep(Duration.ofHours(2));

    assertThat(status().live().revision()).isEqualTo(revision(3));
    assertThat(status().waiting()).isEmpty();
  }

  @Test
  void startsANewOneThoughTheOneThatItSupersedesIsTerminated() {
    pipeline = aPipeline().whenBusy(WhenBusy.SUPERSEDE).build();
    holdsForAnHour(1);
    ask(promote(2));
    engine.sleep(A_MOMENT);
    terminate(workflowId(2));

    RequestAnswer answer = ask(promote(3));

    assertThat(answer.outcome()).isEqualTo(Outcome.QUEUED);
  }

  @Test
  void doesNotJoinATerminatedPromotionThatWaited() {
    holdsForAnHour(1);
    ask(promote(2));
    engine.sleep(A_MOMENT);
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
    ask(promote(2));
    engine.sleep(A_MOMENT);
    terminate(workflowId(1));
    terminate(workflowId(2));
    pipeline = aPipeline().whenBusy(WhenBusy.REFUSE).build();

    RequestAnswer answer = ask(promote(3));

    assertThat(answer.outcome()).isEqualTo(Outcome.STARTED);
  }

  @Test
  void tellsGitHubThatAWaitingPromotionWasTerminatedThoughNobodyAsks() {
    holdsForAnHour(1);
    ask(promote(2));
    engine.sleep(A_MOMENT);
    terminate(workflowId(2));

    engine.sleep(Duration.ofHours(5));

    assertThat(saidAtGitHub)
        .containsExactly(
            "pending " + revision(1),
            "pending " + revision(2),
            "ended " + revision(2) + ": ended without a report before it changed anything");
    assertThat(status().waiting()).isEmpty();
    assertThat(status().history())
        .filteredOn(entry -> entry.id().equals(workflowId(2)))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.result()).isEqualTo(Result.FAILED);
              assertThat(entry.requester()).isEqualTo("ana");
            });
  }

  @Test
  void tellsGitHubWhatBecameOfTheDeployOfATerminatedHolder() {
    ask(promote(1).because(HoldingPromotion.AN_HOUR));
    engine.sleep(A_MOMENT);
    deployed = deployResult(1, Result.LIVE, 1);
    terminate(workflowId(1));

    engine.sleep(Duration.ofHours(2));

    assertThat(saidAtGitHub)
        .contains("ended " + revision(1) + " live: terminated; its deploy: live");
    assertThat(status().live().revision()).isEqualTo(revision(1));
    assertThat(status().history()).extracting(HistoryEntry::result).containsExactly(Result.LIVE);
  }

  @Test
  void saysThatTheOldRunEndedBeforeItSaysThatTheNewOneIsPending() {
    awayOnce = true;
    holdsForAnHour(1);
    ask(promote(2));
    engine.sleep(A_MOMENT);
    terminate(workflowId(2));

    ask(promote(2).withId("r-again"));

    assertThat(saidAtGitHub)
        .containsExactly(
            "pending " + revision(1),
            "pending " + revision(2),
            "ended " + revision(2) + ": ended without a report before it changed anything",
            "pending " + revision(2));
  }

  @Test
  void rollsBackToTheSetBeforeThePresentOne() {
    wentLive(1);
    wentLive(2);

    RequestAnswer answer = ask(rollback(null));
    engine.sleep(QuickRollback.TAKES.plusMinutes(1));

    assertThat(answer.outcome()).isEqualTo(Outcome.STARTED);
    assertThat(answer.id()).isEqualTo(DEPLOY);
    assertThat(status().live().revision()).isEqualTo(revision(1));
    assertThat(status().holder()).isNull();
  }

  @Test
  void rollsBackToTheLastGoodSetAfterARescueThatFailed() {
    wentLive(1);
    wentLive(2);
    leavesItMixed(3);

    RequestAnswer answer = ask(rollback(null));
    engine.sleep(QuickRollback.TAKES.plusMinutes(1));

    assertThat(answer.outcome()).isEqualTo(Outcome.STARTED);
    assertThat(answer.revision()).isEqualTo(revision(2));
    assertThat(status().mixed()).isNull();
    assertThat(status().live().revision()).isEqualTo(revision(2));
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
    engine.sleep(A_MOMENT);

    assertThat(status().holder().workflowId()).isEqualTo(workflowId(3));
    assertThat(status().live().revision()).isEqualTo(revision(1));
  }

  @Test
  void cannotSayWhatRunsWhenAHolderAndItsDeployEndedWithoutAReport() {
    wentLive(1);
    holdsForAnHour(2);
    deployLost = true;
    terminate(workflowId(2));
    ask(promote(3).because(HoldingPromotion.AN_HOUR));
    engine.sleep(A_MOMENT);

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

    assertThat(status().holder().workflowId()).isEqualTo(DEPLOY);
    assertThat(status().waiting()).containsExactly(workflowId(3));
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
    engine.sleep(A_MOMENT);

    assertThat(answer.outcome()).isEqualTo(Outcome.JOINED);
    assertThat(answer.id()).isEqualTo(workflowId(2));
    assertThat(answer.message()).startsWith("asked ").endsWith("shows whether it was in time");
    assertThat(status().live().revision()).isEqualTo(revision(1));
    assertThat(status().history())
        .extracting(HistoryEntry::result)
        .containsExactly(Result.LIVE, Result.CANCELLED);
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
    ask(promote(4).because(HoldingPromotion.AN_HOUR));
    engine.sleep(A_MOMENT);
    terminate(workflowId(3));

    RequestAnswer answer = ask(rollback(null));
    engine.sleep(A_MOMENT);

    assertThat(answer.outcome()).isEqualTo(Outcome.STARTED);
    assertThat(status().holder().workflowId()).isEqualTo(DEPLOY);
    assertThat(status().waiting()).containsExactly(workflowId(4));
  }

  @Test
  void rollsBackWhatHasJustGoneLiveWhenItIsReleased() {
    wentLive(1);
    ask(promote(2));
    ask(promote(3).because(HoldingPromotion.AN_HOUR));
    engine.sleep(Duration.ofSeconds(25));
    deployed = deployResult(2, Result.LIVE, 2);

    CompletableFuture<RequestAnswer> answer = askLaterStill(rollback(null));
    engine.sleep(Duration.ofSeconds(7));

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

  // ---- one service alone

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

    assertThat(ask(promote(2).ofTheBackendAlone()).outcome()).isEqualTo(Outcome.STARTED);
    engine.sleep(A_MOMENT);
    RequestAnswer meanwhile = ask(promote(2));
    assertThat(meanwhile.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(meanwhile.message())
        .isEqualTo(
            "a promotion of this commit is under way, of backend only; ask again when it has"
                + " ended");
    engine.sleep(LONG_ENOUGH_FOR_ONE);
    assertThat(status().live().apart()).containsExactly("frontend");

    assertThat(ask(promote(2).ofTheBackendAlone().withId("again")).outcome())
        .isEqualTo(Outcome.ALREADY_THERE);
    assertThat(ask(promote(2).withId("the others")).outcome()).isEqualTo(Outcome.STARTED);
    engine.sleep(LONG_ENOUGH_FOR_ONE);
    assertThat(status().live().whole()).isTrue();
    assertThat(ask(promote(2).withId("once more")).outcome()).isEqualTo(Outcome.ALREADY_THERE);
  }

  // ---- what is asked

  private record Ask(
      String requestId,
      LedgerRequest.Kind kind,
      String revision,
      String deployment,
      String reason,
      String service) {
    Ask withId(String id) {
      return new Ask(id, kind, revision, deployment, reason, service);
    }

    Ask because(String words) {
      return new Ask(requestId, kind, revision, deployment, words, service);
    }

    Ask ofTheBackendAlone() {
      return new Ask(requestId + "-alone", kind, revision, deployment, reason, "backend");
    }

    LedgerRequest request() {
      return new LedgerRequest(requestId, kind, revision, deployment, "ana", reason, service);
    }
  }

  private static Ask promote(int number) {
    return new Ask(
        "r-" + number,
        LedgerRequest.Kind.PROMOTE,
        revision(number),
        null,
        HoldingPromotion.A_WHILE,
        null);
  }

  private static Ask rollback(String deployment) {
    return new Ask("r-rollback", LedgerRequest.Kind.ROLLBACK, null, deployment, "it is slow", null);
  }

  /** As a client does: again with the same id while the ledger turns its page. */
  private RequestAnswer ask(Ask ask) {
    return ask(ask, ask.requestId());
  }

  private RequestAnswer ask(Ask ask, String updateId) {
    RequestAnswer answer = askOnce(ask, updateId);
    while (answer.retry()) {
      pause();
      answer = askOnce(ask, updateId);
    }
    return answer;
  }

  private RequestAnswer askOnce(Ask ask) {
    return askOnce(ask, ask.requestId());
  }

  private RequestAnswer askOnce(Ask ask, String updateId) {
    EnvironmentWorkflow ledger =
        client.newWorkflowStub(
            EnvironmentWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(LEDGER)
                .setTaskQueue(queues.workflows())
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .build());
    return WorkflowClient.executeUpdateWithStart(
        ledger::request,
        ask.request(),
        UpdateOptions.<RequestAnswer>newBuilder()
            .setUpdateId(updateId)
            .setWaitForStage(WorkflowUpdateStage.COMPLETED)
            .build(),
        new WithStartWorkflowOperation<>(
            ledger::run, LedgerState.empty("inspector", "production")));
  }

  private CompletableFuture<RequestAnswer> askLater(Ask ask) {
    CompletableFuture<RequestAnswer> answer =
        CompletableFuture.supplyAsync(() -> ask(ask), EnvironmentWorkflowTest::apart);
    awaitMessages(1);
    return answer;
  }

  /** Begun, and not answered yet: the ledger has the request. */
  private CompletableFuture<RequestAnswer> askLaterStill(Ask ask) {
    int before = status().messages();
    CompletableFuture<RequestAnswer> answer =
        CompletableFuture.supplyAsync(() -> ask(ask), EnvironmentWorkflowTest::apart);
    awaitMessages(before + 1);
    return answer;
  }

  private static DeployResult deployResult(int number, Result result, int live) {
    return new DeployResult(
        "run",
        revision(number),
        result,
        result.word(),
        null,
        new LiveSet(revision(live), null, Instant.EPOCH, List.of()),
        false,
        false,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null);
  }

  private List<RequestAnswer> askAtOnce(List<Ask> asks) {
    ExecutorService people = Executors.newFixedThreadPool(16);
    try {
      List<CompletableFuture<RequestAnswer>> answers = new ArrayList<>();
      for (Ask ask : asks) {
        answers.add(CompletableFuture.supplyAsync(() -> ask(ask), people));
      }
      return answers.stream().map(CompletableFuture::join).toList();
    } finally {
      people.shutdown();
    }
  }

  // ---- what happens meanwhile

  private void wentLive(int number) {
    ask(promote(number));
    engine.sleep(LONG_ENOUGH_FOR_ONE);
    assertThat(status().live().revision()).isEqualTo(revision(number));
  }

  private void holdsForAnHour(int number) {
    ask(promote(number).because(HoldingPromotion.AN_HOUR));
    engine.sleep(A_MOMENT);
    assertThat(status().holder().workflowId()).isEqualTo(workflowId(number));
  }

  private void leavesItMixed(int number) {
    ask(promote(number).because(HoldingPromotion.BAD_RESCUE));
    engine.sleep(LONG_ENOUGH_FOR_ONE);
    assertThat(status().mixed().by()).isEqualTo(workflowId(number));
  }

  private void terminate(String workflowId) {
    client.newUntypedWorkflowStub(workflowId).terminate("out of patience");
  }

  private void aDeployRuns() {
    WorkflowClient.start(
        client.newWorkflowStub(
                RollbackWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(DEPLOY)
                    .setTaskQueue(queues.workflows())
                    .build())
            ::run,
        new RollbackRequest(
            "inspector",
            "production",
            new LiveSet(revision(1), null, Instant.EPOCH, List.of()),
            null,
            "ana",
            "part of a promotion",
            1));
  }

  /** Messages that change nothing but the page. */
  private void sayNothing(int times) {
    EnvironmentWorkflow ledger = client.newWorkflowStub(EnvironmentWorkflow.class, LEDGER);
    IntStream.range(0, times)
        .parallel()
        .forEach(at -> ledger.leaseReleased(new LeaseRelease("nobody", "nobody", 0)));
  }

  /** From here on the ledger only waits for what it has begun. */
  private void fillThePage() {
    sayNothing(EnvironmentWorkflowImpl.TURN_AFTER);
    awaitMessages(EnvironmentWorkflowImpl.TURN_AFTER);
  }

  private void awaitMessages(int number) {
    await(() -> known(LEDGER) && status().messages() >= number);
  }

  // The engine's clock may stand still after a page was turned in the middle of news, so nothing is
  // skipped here: what is awaited takes a blink each, and on a busy machine longer, one by one.
  private void awaitEnds(int number) {
    for (int ended = 1; ended <= number; ended++) {
      int next = ended;
      await(() -> status().history().size() >= next);
    }
  }

  private static void await(BooleanSupplier news) {
    Instant until = Instant.now().plus(LONGEST_WAIT);
    while (!news.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(until);
      pause();
    }
  }

  private static void pause() {
    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
  }

  // ---- what is seen

  private LedgerStatus status() {
    return client.newWorkflowStub(EnvironmentWorkflow.class, LEDGER).status();
  }

  private String page() {
    return client.newUntypedWorkflowStub(LEDGER).describe().getExecution().getRunId();
  }

  private static void assertThatNoTwoHeldItAtOnce(List<HistoryEntry> history) {
    Instant free = Instant.EPOCH;
    for (HistoryEntry entry : history) {
      int middle = entry.detail().indexOf('/');
      assertThat(Instant.parse(entry.detail().substring(0, middle))).isAfterOrEqualTo(free);
      free = Instant.parse(entry.detail().substring(middle + 1));
    }
  }

  // ---- the outside systems

  private ResolvedRevision resolve(RevisionQuery query) {
    resolutions.incrementAndGet();
    if (query.revision().equals(askedSlowly)) {
      awaitGitHub();
    }
    if (query.revision().startsWith("f")) {
      throw ApplicationFailure.newNonRetryableFailure("no such commit", "NotFound");
    }
    return new ResolvedRevision(query.revision(), "Add a thing");
  }

  private static ResolvedRevision promoted(PromotedQuery query) {
    return new ResolvedRevision(
        query.commit().equals(MERGE_OF_1) ? revision(1) : query.commit(), null);
  }

  /** Backend and frontend on these commits; none at all = Railway refuses. */
  private EnvironmentState environment() {
    if (onRailway.isEmpty()) {
      throw ApplicationFailure.newNonRetryableFailure("Not Authorized", "Rejected");
    }
    return new EnvironmentState(
        "e-1",
        List.of(running("backend", onRailway.get(0)), running("frontend", onRailway.get(1))),
        "f",
        null,
        null);
  }

  private ServiceState running(String service, String commit) {
    ServiceDeployment active =
        new ServiceDeployment(service, "d-" + service, commit, true, onRailwaySince);
    return new ServiceState(service, "s-" + service, active, active, null, null, null);
  }

  /** The fixtures count upwards: a higher number descends from each lower one. */
  private Boolean isAncestor(AncestryQuery query) {
    if (!comparing) {
      throw ApplicationFailure.newNonRetryableFailure("no common ancestor", "NotFound");
    }
    return query.older().compareTo(query.newer()) < 0;
  }

  private Void told(EndOfRun end) {
    if (awayOnce) {
      awayOnce = false;
      throw ApplicationFailure.newFailure("GitHub answered 503", "Unavailable");
    }
    assertThat(end.branch().name()).isEqualTo("promote/" + end.runId());
    saidAtGitHub.add("ended " + end.revision() + (end.live() ? " live" : "") + ": " + end.detail());
    return null;
  }

  private Void markSlowly(CommitStatus status) {
    saidAtGitHub.add("pending " + status.sha());
    if (status.sha().equals(markedSlowly)) {
      markings.incrementAndGet();
      awaitGitHub();
    }
    return null;
  }

  private void awaitGitHub() {
    try {
      githubAnswers.await();
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }

  private HolderState inspect(HolderQuery query) {
    if (!engineAnswers) {
      throw ApplicationFailure.newNonRetryableFailure("another project", "Rejected");
    }
    return new HolderState(
        closed(query.workflowId(), query.runId()),
        closed(query.deployId(), ""),
        deployed,
        deployLost);
  }

  private boolean known(String workflowId) {
    return status(workflowId, "") != null;
  }

  private boolean closed(String workflowId, String runId) {
    return status(workflowId, runId) != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  /** null = the engine does not know it. */
  private WorkflowExecutionStatus status(String workflowId, String runId) {
    try {
      return engine
          .getWorkflowServiceStubs()
          .blockingStub()
          .describeWorkflowExecution(
              DescribeWorkflowExecutionRequest.newBuilder()
                  .setNamespace(engine.getNamespace())
                  .setExecution(
                      WorkflowExecution.newBuilder().setWorkflowId(workflowId).setRunId(runId))
                  .build())
          .getWorkflowExecutionInfo()
          .getStatus();
    } catch (StatusRuntimeException failure) {
      if (failure.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return null;
      }
      throw failure;
    }
  }

  /**
   * Not in the common pool, which the test server needs: on two cores it has one thread, and from
   * JDK 25 on no other for what blocks.
   */
  private static void apart(Runnable task) {
    new Thread(task, "asking").start();
  }
}
