package dev.signalbox.workflows.deploy;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.LedgerActivities;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.fixtures.Person;
import dev.signalbox.workflows.fixtures.Person.Question;
import dev.signalbox.workflows.health.HealthActivities;
import dev.signalbox.workflows.health.HealthActivities.Verdict;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.RestartOrder;
import dev.signalbox.workflows.railway.RailwayActivities.Sent;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A restart leaves no trace: what became of a lost one only a person can say. */
class RestartTest {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private final TestWorkflowEnvironment engine = Engine.fresh();
  private final RailwayStage stage = new RailwayStage(engine);
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final Deque<FailureType> failures = new ArrayDeque<>();
  private Runnable afterwards = () -> {};
  private WorkflowStub run;
  private Person person;

  /** Hears what the run reports to it. */
  @WorkflowInterface
  public interface Listener {
    @WorkflowMethod
    void run();
  }

  public static final class ListenerImpl implements Listener {
    @Override
    public void run() {
      Workflow.await(() -> false);
    }
  }

  @BeforeEach
  void everythingRuns() {
    TaskQueues queues = new TaskQueues("inspector");
    Worker workflows = engine.newWorker(queues.workflows());
    workflows.registerWorkflowImplementationTypes(RedeployWorkflowImpl.class, ListenerImpl.class);
    workflows.registerActivitiesImplementations(
        Engine.knowing(LedgerActivities.class, Map.of()),
        Engine.knowing(NotifyActivities.class, Map.of()),
        Engine.knowing(
            PolicyActivities.class,
            Map.of("read", any -> aPipeline().trusting("temporal-ui").build())));
    engine
        .newWorker(queues.railway())
        .registerActivitiesImplementations(
            Engine.knowing(
                RailwayActivities.class,
                Map.of(
                    "readEnvironment", any -> stage.state(),
                    "restart", order -> restart((RestartOrder) order))));
    engine
        .newWorker(queues.health())
        .registerActivitiesImplementations(
            Engine.knowing(
                HealthActivities.class,
                Map.of(
                    "verify",
                    any ->
                        new VerificationEnd(
                            Verdict.HEALTHY, null, 3, "3 good answers", List.of(), 0))));
    engine
        .newWorker(queues.notices())
        .registerActivitiesImplementations(Engine.knowing(NotifyActivities.class, Map.of()));
    engine.start();
    stub("Listener", EnvironmentWorkflow.id("inspector", "production")).start();
    run = stub("RedeployWorkflow", "deploy/inspector/production");
    person = new Person(engine, run);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void asksWhenTheAnswerWasLostAndSendsNothingUntilAPersonHasLooked() {
    failures.add(FailureType.UNKNOWN_OUTCOME);
    AtomicReference<String> state = new AtomicReference<>();
    Question asked =
        person.seesAfter(
            Duration.ofHours(4),
            () -> {
              state.set(run.query("status", PromotionStatus.class).state());
              person.answers("done");
            });

    DeployResult result = result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    assertThat(sent).containsExactly("backend", "frontend");
    assertThat(asked.ask().text())
        .contains("Did Railway carry out \"restart\" of backend? Railway said");
    assertThat(asked.ask().answers()).containsExactly("done", "not-done", "abandon");
    assertThat(state).hasValue("question");
  }

  @Test
  void isSentOnceMoreWhenAPersonSaysNotDoneAndAskedAboutAgain() {
    failures.addAll(List.of(FailureType.UNKNOWN_OUTCOME, FailureType.UNKNOWN_OUTCOME));
    person.answersAfter(A_MINUTE, "not-done");
    Question asked = person.answersAfter(Duration.ofHours(2), "not-done");

    DeployResult result = result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    assertThat(asked.wasSeen()).isTrue();
    assertThat(sent).containsExactly("backend", "backend", "backend", "frontend");
  }

  @Test
  void leavesTheRestAloneWhenAPersonAbandonsIt() {
    failures.add(FailureType.UNKNOWN_OUTCOME);
    person.answersAfter(A_MINUTE, "abandon");

    DeployResult result = result();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).contains("restart of backend abandoned: Railway said");
    assertThat(result.mixed()).isFalse();
    assertThat(sent).containsExactly("backend");
  }

  @Test
  void saysWhoCancelledIt() {
    afterwards =
        () -> {
          run.signal(
              "resolve",
              new AnswerMessage("cancel", "cancel", "ben", "not now", "cli", null, null));
          run.cancel();
        };

    assertThatThrownBy(this::result).hasMessageContaining("was cancelled");

    assertThat(run.query("status", PromotionStatus.class).result().detail())
        .isEqualTo("cancelled by ben (cli) before frontend: not now");
    assertThat(sent).containsExactly("backend");
  }

  @Test
  void isRepeatedWhenNothingLeftAndEndsWhenItIsRefused() {
    failures.addAll(List.of(FailureType.NOT_SENT, FailureType.REJECTED));

    DeployResult result = result();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).contains("backend was not restarted: Railway said");
    assertThat(sent).containsExactly("backend", "backend");
  }

  private Sent restart(RestartOrder order) {
    sent.add(order.service());
    afterwards.run();
    FailureType failure = failures.poll();
    if (failure != null) {
      throw ApplicationFailure.newNonRetryableFailure("Railway said no", failure.wireName());
    }
    return new Sent(order.deploymentId());
  }

  private DeployResult result() {
    run.start(
        new RedeployRequest(
            "inspector",
            "production",
            null,
            true,
            new LiveSet(RailwayStage.GOOD, null, Instant.EPOCH, List.of()),
            "bob",
            null,
            1));
    return run.getResult(DeployResult.class);
  }

  private WorkflowStub stub(String type, String id) {
    return engine
        .getWorkflowClient()
        .newUntypedWorkflowStub(
            type,
            WorkflowOptions.newBuilder()
                .setTaskQueue(new TaskQueues("inspector").workflows())
                .setWorkflowId(id)
                .build());
  }
}
