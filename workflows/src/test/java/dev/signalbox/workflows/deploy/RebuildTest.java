package dev.signalbox.workflows.deploy;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.EnvironmentWorkflowImpl;
import dev.signalbox.workflows.environment.LedgerActivities;
import dev.signalbox.workflows.environment.LedgerState;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.fixtures.Person;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.health.HealthActivities;
import dev.signalbox.workflows.health.HealthActivities.ObserveOrder;
import dev.signalbox.workflows.health.HealthActivities.Observed;
import dev.signalbox.workflows.health.HealthActivities.Verdict;
import dev.signalbox.workflows.health.HealthActivities.VerificationEnd;
import dev.signalbox.workflows.health.SmokeActivities;
import dev.signalbox.workflows.health.SmokeActivities.Outcome;
import dev.signalbox.workflows.health.SmokeActivities.SmokeEnd;
import dev.signalbox.workflows.health.SmokeActivities.SmokeOrder;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a rebuild that went wrong leaves on record. */
class RebuildTest {
  private static final TaskQueues QUEUES = new TaskQueues("inspector");

  private final TestWorkflowEnvironment engine = Engine.fresh();
  private final RailwayStage railway = new RailwayStage(engine);
  private final List<Duration> soaked = new CopyOnWriteArrayList<>();
  private final List<List<String>> smoked = new CopyOnWriteArrayList<>();
  private PipelineFixture pipeline = aPipeline().trusting("temporal-ui");
  private WorkflowStub run;

  @BeforeEach
  void start() {
    Worker workflows = engine.newWorker(QUEUES.workflows());
    workflows.registerWorkflowImplementationTypes(
        EnvironmentWorkflowImpl.class, RedeployWorkflowImpl.class);
    workflows.registerActivitiesImplementations(
        Engine.knowing(LedgerActivities.class, Map.of()),
        Engine.knowing(NotifyActivities.class, Map.of()),
        Engine.knowing(PolicyActivities.class, Map.of("read", any -> pipeline.build())));
    engine.newWorker(QUEUES.railway()).registerActivitiesImplementations(railway.activities());
    engine
        .newWorker(QUEUES.health())
        .registerActivitiesImplementations(
            Engine.knowing(
                HealthActivities.class,
                Map.of(
                    "observe",
                    order -> observed((ObserveOrder) order),
                    "verify",
                    any -> healthy())),
            Engine.knowing(SmokeActivities.class, "run", SmokeOrder.class, this::smoke));
    engine
        .newWorker(QUEUES.notices())
        .registerActivitiesImplementations(Engine.knowing(NotifyActivities.class, Map.of()));
    engine.start();
    stub("EnvironmentWorkflow", EnvironmentWorkflow.id("inspector", "production"))
        .start(LedgerState.empty("inspector", "production"));
    run = stub("RedeployWorkflow", "deploy/inspector/production");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void leavesWhatNobodyKnowsWhenTheWayBackIsGivenUp() {
    railway.nextWait(
        order -> {
          railway.away();
          return railway.failed(order);
        });
    new Person(engine, run).answersAfter(Duration.ofHours(1), "abandon");

    DeployResult result = result();

    assertThat(result.detail()).contains("a person stopped here");
    assertThat(result.live()).isNull();
    assertThat(result.mixed()).isTrue();
  }

  @Test
  void goesBackWhenAnErrorStopsIt() {
    DeployResult result = result();

    assertThat(result.detail()).contains("stopped by an error");
    assertThat(railway.deeds()).endsWith("rollback frontend", "rollback backend");
  }

  @Test
  void leavesTheRecordAsItWasWhenRailwayRefusesTheFirstCall() {
    railway.refuse("deploy");

    DeployResult result = result();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail()).contains("Railway refuses to deploy; nothing was replaced");
    assertThat(result.live()).isNull();
    assertThat(result.mixed()).isFalse();
  }

  @Test
  void touchesNothingWhereAServiceIsGone() {
    pipeline = pipeline.withJob("nightly");

    DeployResult result = result();

    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.detail())
        .startsWith("Railway has no service named nightly in this environment (env)")
        .endsWith("; nothing was touched");
    assertThat(railway.deeds()).isEmpty();
  }

  @Test
  void testsTheRevisionOfTheServiceThatWasBuiltAgain() {
    pipeline = pipeline.withSmokeTest("pytest", "{revision}");
    railway.deployedByAnother("backend", "c".repeat(40));

    DeployResult result = result("frontend", null);

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    assertThat(smoked).containsExactly(List.of("pytest", RailwayStage.GOOD));
  }

  @Test
  void verifiesAndDoesNotSoakWhatHasSoakedHereBefore() {
    soaked.add(Duration.ofDays(1));

    DeployResult result = result();

    assertThat(result.result()).as(result.detail()).isEqualTo(Result.LIVE);
    assertThat(soaked).containsExactly(Duration.ofDays(1), Duration.ZERO);
  }

  /** Refused, until somebody keeps a record. */
  private Observed observed(ObserveOrder order) {
    if (soaked.isEmpty()) {
      throw ApplicationFailure.newNonRetryableFailure("not served here", "Rejected");
    }
    soaked.add(order.soak());
    return new Observed(healthy(), Instant.EPOCH, null);
  }

  private SmokeEnd smoke(SmokeOrder order) {
    smoked.add(order.command());
    return new SmokeEnd(Outcome.PASSED, 0, "exit code 0", List.of());
  }

  private static VerificationEnd healthy() {
    return new VerificationEnd(Verdict.HEALTHY, null, 3, "3 good answers", List.of(), 0);
  }

  private DeployResult result() {
    return result(null, new LiveSet(RailwayStage.GOOD, null, Instant.EPOCH, List.of()));
  }

  private DeployResult result(String service, LiveSet present) {
    run.start(
        new RedeployRequest("inspector", "production", service, false, present, "bob", null, 1));
    return run.getResult(DeployResult.class);
  }

  private WorkflowStub stub(String type, String id) {
    return engine
        .getWorkflowClient()
        .newUntypedWorkflowStub(
            type,
            WorkflowOptions.newBuilder()
                .setTaskQueue(QUEUES.workflows())
                .setWorkflowId(id)
                .build());
  }
}
