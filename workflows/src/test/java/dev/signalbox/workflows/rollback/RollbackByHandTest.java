package dev.signalbox.workflows.rollback;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.approval.ProofActivities;
import dev.signalbox.workflows.approval.ProofActivities.ProofQuery;
import dev.signalbox.workflows.approval.ProvenWords;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.EnvironmentWorkflowImpl;
import dev.signalbox.workflows.environment.LedgerActivities;
import dev.signalbox.workflows.environment.LedgerRequest;
import dev.signalbox.workflows.environment.LedgerState;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.notify.Card;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.notify.NotifyActivities.CardOrder;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real rollback under the real ledger; Railway is told what to answer. */
class RollbackByHandTest {
  private static final TaskQueues QUEUES = new TaskQueues(PipelineFixture.PROJECT);
  private static final String LEDGER =
      EnvironmentWorkflow.id(PipelineFixture.PROJECT, PipelineFixture.ENVIRONMENT);
  private static final String DEPLOY =
      MigrateAndDeployWorkflow.id(PipelineFixture.PROJECT, PipelineFixture.ENVIRONMENT);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private TestWorkflowEnvironment engine;
  private Supplier<Pipeline> policy = () -> aPipeline().withoutFrontend().build();
  private final TwoDeployments railway = new TwoDeployments();
  private final List<Card> cards = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    engine = Engine.fresh();
    Worker worker = engine.newWorker(QUEUES.workflows());
    worker.registerWorkflowImplementationTypes(
        EnvironmentWorkflowImpl.class, RollbackWorkflowImpl.class);
    worker.registerActivitiesImplementations(
        Engine.knowing(LedgerActivities.class, Map.of()),
        // As a worker has it: the last word about an issue is a local activity.
        Engine.knowing(NotifyActivities.class, Map.of("tell", notice -> null)),
        Engine.knowing(PolicyActivities.class, "read", PolicyQuery.class, query -> policy.get()),
        Engine.knowing(ProofActivities.class, "holds", ProofQuery.class, this::proofHolds));
    engine.newWorker(QUEUES.railway()).registerActivitiesImplementations(railway.activities());
    engine
        .newWorker(QUEUES.notices())
        .registerActivitiesImplementations(
            Engine.knowing(
                NotifyActivities.class,
                Map.of("tell", notice -> null, "showCard", order -> shown(((CardOrder) order)))));
    engine.start();
  }

  private String shown(CardOrder order) {
    cards.add(order.card());
    return "1700000000.1";
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void leavesTheRecordAsItWasWhenItTouchedNothing() {
    railway.imageKept = false;

    rollBack();
    answer("abandon");
    DeployResult result = end();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.mixed()).isFalse();
    assertThat(ledger().mixed()).isNull();
    assertThat(ledger().live().revision()).isEqualTo(TwoDeployments.PRESENT);
    assertThat(ledger().former().revision()).isEqualTo(TwoDeployments.FORMER);
  }

  @Test
  void keepsTheReasonThatWasGivenForIt() {
    railway.imageKept = false;

    rollBack();
    answer("abandon");
    end();

    assertThat(ledger().runs())
        .singleElement()
        .satisfies(entry -> assertThat(entry.detail()).endsWith("; reason: it is slow"));
  }

  @Test
  void namesWhoCancelledItThoughThatStopsNoRollback() {
    railway.imageKept = false;
    rollBack();

    WorkflowStub run = engine.getWorkflowClient().newUntypedWorkflowStub(DEPLOY);
    run.signal(
        "resolve", new AnswerMessage("cancel", "cancel", "ben", "too late", "cli", null, null));
    run.cancel();
    answer("abandon");

    assertThatThrownBy(this::end).hasMessageContaining("was cancelled");
    assertThat(ledger().runs())
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry.detail())
                    .contains("ben (cli) cancelled it, which stops no rollback: too late"));
  }

  @Test
  void asksAboutAServiceThatIsGoneBeforeAnythingIsTouched() {
    railway.named = "api";

    rollBack();
    answer("retry");
    answer("abandon");
    DeployResult result = end();

    assertThat(result.detail())
        .isEqualTo(
            "stopped by a person: Railway has no service named backend in this environment (e-1):"
                + " deleted, or renamed? It has api (s-1)");
    assertThat(result.mixed()).isFalse();
    assertThat(decisions()).extracting(Decision::verdict).containsExactly("retry", "abandon");
  }

  @Test
  void leavesTheRecordAsItWasWhenRailwayRefusedTheOnlyCall() {
    railway.rollbackFails = FailureType.REJECTED;

    rollBack();
    answer("abandon");

    assertThat(end().mixed()).isFalse();
    assertThat(ledger().live().revision()).isEqualTo(TwoDeployments.PRESENT);
  }

  @Test
  void cannotSayWhatRunsWhenNobodyKnowsWhatBecameOfItsCall() {
    railway.rollbackFails = FailureType.UNKNOWN_OUTCOME;

    rollBack();
    answer("abandon");

    assertThat(end().mixed()).isTrue();
    assertThat(ledger().live()).isNull();
    assertThat(ledger().mixed().by()).isEqualTo(DEPLOY);
  }

  @Test
  void saysThatThePolicyCannotBeReadAndTouchesNothing() {
    policy =
        () -> {
          throw ApplicationFailure.newNonRetryableFailure("line 3: unknown key", "InvalidPolicy");
        };

    rollBack();
    DeployResult result = end();

    assertThat(result.detail()).isEqualTo("signalbox.toml: line 3: unknown key");
    assertThat(ledger().live().revision()).isEqualTo(TwoDeployments.PRESENT);
    assertThat(ledger().holder()).isNull();
  }

  // It held the environment and asked, and nobody was told.
  @Test
  void putsItsQuestionBeforePeopleAndShowsThemTheAnswer() {
    policy = () -> aPipeline().withoutFrontend().tellingAtSlack("C024BE91L").build();
    railway.imageKept = false;

    rollBack();
    answer("abandon");
    end();

    assertThat(cards).extracting(Card::run).containsOnly(DEPLOY);
    assertThat(cards.get(0).answers()).contains("abandon");
    assertThat(cards).last().extracting(Card::state).isEqualTo("answered abandon by ana: a test");
  }

  @Test
  void countsAnAnswerThatIsProvedThoughItsDoorIsNotTrusted() {
    railway.imageKept = false;
    rollBack();

    answer("abandon", "slack", "ana and backend and abandon");
    DeployResult result = end();

    assertThat(result.detail()).contains("its image is gone");
    assertThat(decisions())
        .singleElement()
        .satisfies(
            decision -> {
              assertThat(decision.verified()).isTrue();
              assertThat(decision.counted()).isTrue();
            });
  }

  @Test
  void recordsAnAnswerWhoseProofIsOfOtherWordsAndDoesNotCountIt() {
    railway.imageKept = false;
    rollBack();

    answer("abandon", "slack", "ben and backend and abandon");
    answer("abandon");
    end();

    assertThat(decisions()).extracting(Decision::counted).containsExactly(false, true);
    assertThat(decisions()).extracting(Decision::verified).containsExactly(false, false);
    assertThat(decisions().get(0).remark()).contains("this proof is none");
  }

  /** The gateway of this test signs in plain words. */
  private Boolean proofHolds(ProofQuery query) {
    ProvenWords words = query.words();
    return words.promotionId().equals(DEPLOY)
        && query
            .proof()
            .equals(
                words.person()
                    + " and "
                    + words.ask().replaceAll(".*-(backend)-.*", "$1")
                    + " and "
                    + words.verdict());
  }

  private List<Decision> decisions() {
    return engine
        .getWorkflowClient()
        .newWorkflowStub(RollbackWorkflow.class, DEPLOY)
        .status()
        .decisions();
  }

  private void rollBack() {
    EnvironmentWorkflow ledger =
        engine
            .getWorkflowClient()
            .newWorkflowStub(
                EnvironmentWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(LEDGER)
                    .setTaskQueue(QUEUES.workflows())
                    .setWorkflowIdConflictPolicy(
                        WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                    .build());
    WorkflowClient.executeUpdateWithStart(
        ledger::request,
        new LedgerRequest("r-1", LedgerRequest.Kind.ROLLBACK, null, null, "ana", "it is slow"),
        UpdateOptions.<RequestAnswer>newBuilder()
            .setUpdateId("r-1")
            .setWaitForStage(WorkflowUpdateStage.COMPLETED)
            .build(),
        new WithStartWorkflowOperation<>(ledger::run, bothRecorded()));
  }

  private static LedgerState bothRecorded() {
    LedgerState empty = LedgerState.empty(PipelineFixture.PROJECT, PipelineFixture.ENVIRONMENT);
    return new LedgerState(
        empty.project(),
        empty.environment(),
        TwoDeployments.PRESENT_SET,
        null,
        TwoDeployments.FORMER_SET,
        null,
        null,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private void answer(String answer) {
    answer(answer, "cli", null);
  }

  private void answer(String answer, String door, String proof) {
    RollbackWorkflow rollback =
        engine.getWorkflowClient().newWorkflowStub(RollbackWorkflow.class, DEPLOY);
    List<Ask> asks = rollback.status().asks();
    while (asks.isEmpty()) {
      engine.sleep(Duration.ofSeconds(5));
      asks = rollback.status().asks();
    }
    rollback.resolve(
        new AnswerMessage(asks.get(0).id(), answer, "ana", "a test", door, null, proof));
  }

  private DeployResult end() {
    try {
      return engine
          .getWorkflowClient()
          .newUntypedWorkflowStub(DEPLOY)
          .getResult(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS, DeployResult.class);
    } catch (TimeoutException unended) {
      throw new AssertionError("the rollback waits: " + decisions(), unended);
    }
  }

  private LedgerStatus ledger() {
    return engine.getWorkflowClient().newWorkflowStub(EnvironmentWorkflow.class, LEDGER).status();
  }
}
