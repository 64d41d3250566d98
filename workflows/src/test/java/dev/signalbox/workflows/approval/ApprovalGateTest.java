package dev.signalbox.workflows.approval;

import static dev.signalbox.workflows.fixtures.ApprovalsFixture.byOneOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.signalbox.workflows.approval.ProofActivities.ProofQuery;
import dev.signalbox.workflows.fixtures.ApprovalsFixture;
import dev.signalbox.workflows.fixtures.Engine;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApprovalGateTest {
  private static final String QUEUE = "waiting";
  private static final String ID = "w";
  private static final String DIGEST = "b".repeat(12);

  private final TestWorkflowEnvironment engine = Engine.fresh();
  private WaitingWorkflow waiting;

  @BeforeEach
  void start() {
    Worker worker = engine.newWorker(QUEUE);
    worker.registerWorkflowImplementationTypes(WaitingWorkflowImpl.class);
    worker.registerActivitiesImplementations(
        Engine.knowing(
            ProofActivities.class,
            Map.of(
                "holds",
                query ->
                    ((ProofQuery) query)
                        .proof()
                        .equals("made for " + ((ProofQuery) query).words().promotionId()))));
    engine.start();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  // `why` of a cancelled promotion went on asking for the approval.
  @Test
  void asksNobodyAnyMoreWhenItIsCancelled() {
    WorkflowStub run = waitingFor(byOneOf("release"));
    assertThat(waiting.open()).hasSize(1);

    run.cancel();

    assertThatThrownBy(() -> run.getResult(String.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(waiting.open()).isEmpty();
  }

  @Test
  void waitsForAMonthAtNoCost() {
    waitingFor(byOneOf("release").within(Duration.ofDays(60)));
    long before = events();

    engine.sleep(Duration.ofDays(30));

    assertThat(events() - before).isLessThan(20);
    assertThat(waiting.told()).isEmpty();
    assertThat(waiting.open()).hasSize(1);
  }

  @Test
  void remindsOnceForEachTimeThatWasSetAndAsksTheNextGroup() {
    WorkflowStub run =
        waitingFor(
            byOneOf("release")
                .within(Duration.ofDays(5))
                .remindingEvery(Duration.ofDays(2))
                .escalating(Duration.ofDays(3), "guests"));
    engine.sleep(Duration.ofDays(4).plusHours(1));
    assertThat(waiting.told())
        .containsExactly(
            "reminder 1: 1 of release", "asked too: carl", "reminder 2: 1 of release, guests");

    approve("carl");

    assertThat(run.getResult(String.class)).isEqualTo("by carl");
  }

  @Test
  void hasOneOutcomeWhenAYesComesInTheInstantInWhichItExpires() {
    WorkflowStub run = waitingFor(byOneOf("release").required(2));
    approve("ana");
    engine.registerDelayedCallback(Duration.ofDays(2), () -> approve("ben"));

    String outcome = run.getResult(String.class);

    boolean inTime = waiting.decisions().stream().filter(Decision::counted).count() == 2;
    assertThat(outcome)
        .startsWith(inTime ? "by ana, ben" : "only ana said yes until ")
        .matches(said -> inTime || said.endsWith(": expired is rejected"));
  }

  @Test
  void takesNoProofThatWasMadeForAnotherRun() {
    WorkflowStub run = waitingFor(byOneOf("release"));

    waiting.approve(proved("made for another"));
    waiting.approve(proved("made for " + ID));

    assertThat(run.getResult(String.class)).isEqualTo("by ana");
    assertThat(waiting.decisions())
        .extracting(Decision::verified, Decision::remark)
        .containsExactly(
            tuple(false, "door slack counts only with proof here, and this proof is none"),
            tuple(true, null));
  }

  private static ApprovalMessage proved(String proof) {
    return new ApprovalMessage(DIGEST, "ana", "ok", "approval-1", "slack", proof, proof);
  }

  private WorkflowStub waitingFor(ApprovalsFixture rule) {
    waiting =
        engine
            .getWorkflowClient()
            .newWorkflowStub(
                WaitingWorkflow.class,
                WorkflowOptions.newBuilder().setTaskQueue(QUEUE).setWorkflowId(ID).build());
    WorkflowStub run = WorkflowStub.fromTyped(waiting);
    run.start(rule.build());
    waiting.open();
    return run;
  }

  private void approve(String person) {
    waiting.approve(new ApprovalMessage(DIGEST, person, "ok", null, "cli", null, null));
  }

  private long events() {
    return engine.getWorkflowClient().fetchHistory(ID).getEvents().size();
  }
}
