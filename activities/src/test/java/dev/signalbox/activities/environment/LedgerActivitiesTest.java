package dev.signalbox.activities.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.LedgerActivities.HolderQuery;
import dev.signalbox.workflows.environment.LedgerActivities.HolderState;
import dev.signalbox.workflows.environment.LedgerActivities.RunQuery;
import dev.signalbox.workflows.github.EndOfRun.MadeBranch;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.BranchDraft;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.DynamicActivity;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerActivitiesTest {
  private static final String HOLDER = "promotion/inspector/production/1";
  private static final String DEPLOY = "deploy/inspector/production";
  private static final Duration A_BLINK = Duration.ofMillis(20);
  private static final String QUEUE = "runs";
  private static final String BRANCH = "promote/1";
  private static final String COMMIT = "a".repeat(40);

  private TestWorkflowEnvironment engine;
  private WorkflowClient client;
  private LedgerActivitiesImpl ledger;
  private volatile FailureType refusal;

  @BeforeEach
  void anEngineRuns() {
    engine =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(WireFormat.converter())
                        .build())
                .build());
    client = engine.getWorkflowClient();
    Worker worker = engine.newWorker(QUEUE);
    worker.registerWorkflowImplementationTypes(WaitingRun.class, MakingRun.class);
    worker.registerActivitiesImplementations((DynamicActivity) draft -> githubAnswers());
    engine.start();
    ledger = new LedgerActivitiesImpl(client, Set.of("inspector"));
  }

  @AfterEach
  void theEngineEnds() {
    engine.close();
  }

  @Test
  void knowsAHolderAndADeployThatRun() {
    String runId = start(HOLDER);
    start(DEPLOY);

    assertThat(inspect(runId)).isEqualTo(new HolderState(false, false, null, false));
  }

  @Test
  void takesWhatTheEngineDoesNotKnowForClosed() {
    HolderState state = inspect("0b4ae3a5-7f0c-4d2c-9a5b-1f8b2a4f7c10");

    assertThat(state).isEqualTo(new HolderState(true, true, null, false));
    assertThat(state.orphaned()).isTrue();
  }

  @Test
  void knowsATerminatedHolderWhoseDeployGoesOn() {
    String runId = start(HOLDER);
    start(DEPLOY);

    stub(HOLDER).terminate("out of patience");

    assertThat(inspect(runId))
        .isEqualTo(new HolderState(true, false, null, false, "terminated: out of patience"));
    assertThat(inspect(runId).orphaned()).isFalse();
  }

  @Test
  void knowsThatATerminatedDeployHasNoResult() {
    String runId = start(HOLDER);
    start(DEPLOY);

    stub(DEPLOY).terminate("out of patience");

    assertThat(inspect(runId)).isEqualTo(new HolderState(false, true, null, true));
  }

  @Test
  void knowsATerminatedRunAsClosedThoughANewOneHasItsId() {
    String runId = start(HOLDER);
    stub(HOLDER).terminate("out of patience");

    String again = start(HOLDER);

    assertThat(inspect(runId).holderClosed()).isTrue();
    assertThat(inspect(again).holderClosed()).isFalse();
  }

  @Test
  void followsAHolderThatContinuedAsNew() {
    String runId = start(HOLDER);

    stub(HOLDER).signal("end", Ending.CONTINUED, "");
    while (stub(HOLDER).describe().getExecution().getRunId().equals(runId)) {
      LockSupport.parkNanos(A_BLINK.toNanos());
    }

    assertThat(inspect(runId).holderClosed()).isFalse();
    stub(HOLDER).terminate("out of patience");
    assertThat(inspect(runId).holderClosed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"COMPLETED,", "FAILED, broke: broken"})
  void knowsARunThatHasEndedAndHow(Ending ending, String words) {
    String runId = start(HOLDER);

    end(HOLDER, ending, "");

    assertThat(inspect(runId).holderClosed()).isTrue();
    assertThat(inspect(runId).ending()).isEqualTo(words);
  }

  @Test
  void knowsACancelledRunAsClosed() {
    String runId = start(HOLDER);

    stub(HOLDER).cancel();
    awaitEnd(HOLDER);

    assertThat(inspect(runId).holderClosed()).isTrue();
    assertThat(inspect(runId).ending()).isEqualTo("cancelled");
  }

  @Test
  void namesTheBranchThatARunMade() {
    assertThat(branchAfterARun()).isEqualTo(new MadeBranch(BRANCH, COMMIT, true));
  }

  @Test
  void doubtsABranchOfWhichNobodySaidWhetherItWasMade() {
    refusal = FailureType.UNAVAILABLE;

    assertThat(branchAfterARun()).isEqualTo(new MadeBranch(BRANCH, COMMIT, false));
  }

  @Test
  void takesABranchThatWasRefusedForSomebodyElses() {
    refusal = FailureType.REJECTED;

    assertThat(branchAfterARun()).isNull();
  }

  @Test
  void knowsNoBranchOfARunThatTheEngineForgot() {
    assertThat(madeBranch("0b4ae3a5-7f0c-4d2c-9a5b-1f8b2a4f7c10")).isNull();
  }

  @Test
  void readsTheResultOfTheHoldersOwnDeploy() {
    String runId = start(HOLDER);
    start(DEPLOY);

    end(DEPLOY, Ending.COMPLETED, runId);

    HolderState state = inspect(runId);
    assertThat(state.deployResult().result()).isEqualTo(Result.LIVE);
    assertThat(state.deployedLive()).isTrue();
    assertThat(state.orphaned()).isFalse();
  }

  @Test
  void readsNoResultOfAnothersDeploy() {
    String runId = start(HOLDER);
    start(DEPLOY);

    end(DEPLOY, Ending.COMPLETED, "another-run");

    assertThat(inspect(runId)).isEqualTo(new HolderState(false, true, null, false));
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"PERMISSION_DENIED", "UNAUTHENTICATED", "INVALID_ARGUMENT"})
  void failsAndNeverSaysClosedWhenTheEngineDoesNotAnswer(Status.Code code) {
    WorkflowServiceStubs refusing =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setChannel(engine.getWorkflowServiceStubs().getRawChannel())
                .setGrpcClientInterceptors(List.of(new RefusedDescriptions(code)))
                .build());
    LedgerActivitiesImpl denied =
        new LedgerActivitiesImpl(WorkflowClient.newInstance(refusing), Set.of("inspector"));

    assertThatThrownBy(() -> denied.inspect(new HolderQuery("inspector", HOLDER, "", DEPLOY)))
        .isInstanceOfAny(WorkflowServiceException.class, StatusRuntimeException.class);
  }

  @Test
  void refusesAProjectThatThisWorkerDoesNotServe() {
    assertThatThrownBy(() -> ledger.inspect(new HolderQuery("other", HOLDER, "", DEPLOY)))
        .isInstanceOf(ApplicationFailure.class);
  }

  private Object githubAnswers() {
    if (refusal != null) {
      throw ApplicationFailure.newNonRetryableFailure("GitHub: no", refusal.wireName());
    }
    return null;
  }

  private MadeBranch branchAfterARun() {
    BranchingRun run =
        client.newWorkflowStub(
            BranchingRun.class,
            WorkflowOptions.newBuilder().setWorkflowId(HOLDER).setTaskQueue(QUEUE).build());
    run.make();
    return madeBranch(stub(HOLDER).describe().getExecution().getRunId());
  }

  private MadeBranch madeBranch(String runId) {
    return ledger.madeBranch(new RunQuery("inspector", HOLDER, runId));
  }

  private HolderState inspect(String runId) {
    return ledger.inspect(new HolderQuery("inspector", HOLDER, runId, DEPLOY));
  }

  private String start(String id) {
    Run run =
        client.newWorkflowStub(
            Run.class, WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(QUEUE).build());
    return WorkflowClient.start(run::run).getRunId();
  }

  private void end(String id, Ending ending, String promotionRunId) {
    stub(id).signal("end", ending, promotionRunId);
    awaitEnd(id);
  }

  // Waiting for the result would skip the time of all the others, to their time-out.
  private void awaitEnd(String id) {
    while (stub(id).describe().getStatus()
        == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
      LockSupport.parkNanos(A_BLINK.toNanos());
    }
  }

  private WorkflowStub stub(String id) {
    return client.newUntypedWorkflowStub(id);
  }

  /** How a run of this test ends. */
  public enum Ending {
    COMPLETED,
    FAILED,
    CONTINUED
  }

  /** A run that waits to be told how to end. */
  @WorkflowInterface
  public interface Run {
    @WorkflowMethod
    DeployResult run();

    @SignalMethod
    void end(Ending ending, String promotionRunId);
  }

  /** Waits. */
  public static final class WaitingRun implements Run {
    private Ending ending;
    private String promotionRunId;

    @Override
    public DeployResult run() {
      Workflow.await(() -> ending != null);
      return switch (ending) {
        case FAILED -> throw ApplicationFailure.newNonRetryableFailure("broken", "Broken");
        case CONTINUED -> Workflow.newContinueAsNewStub(Run.class).run();
        case COMPLETED -> new DeployResult(promotionRunId, "1", Result.LIVE, "live and verified");
      };
    }

    @Override
    public void end(Ending how, String runId) {
      promotionRunId = runId;
      ending = how;
    }
  }

  /** A run that makes a branch, and ends whatever GitHub says to that. */
  @WorkflowInterface
  public interface BranchingRun {
    @WorkflowMethod
    void make();
  }

  /** Makes it. */
  public static final class MakingRun implements BranchingRun {
    @Override
    public void make() {
      try {
        Workflow.newActivityStub(
                GitHubActivities.class,
                ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofSeconds(10)).build())
            .createBranch(new BranchDraft("inspector", "acme/inspector", BRANCH, COMMIT));
      } catch (ActivityFailure refused) {
        Workflow.getLogger(MakingRun.class).info("not made");
      }
    }
  }

  /** An engine that lets nobody describe a run. */
  private record RefusedDescriptions(Status.Code code) implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      if (method.getBareMethodName().equals("DescribeWorkflowExecution")) {
        throw code.toStatus().asRuntimeException();
      }
      return next.newCall(method, options);
    }
  }
}
