package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.approval.Proofs;
import dev.signalbox.workflows.deploy.DeployRequest;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Async;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whenever a promotion's time is up, its deploy hears of it. */
public class DeployLineTest {
  private static final String QUEUE = new TaskQueues(PipelineFixture.PROJECT).workflows();
  private static final String SENTENCE = "not done after 2h";

  private TestWorkflowEnvironment engine;

  @BeforeEach
  void start() {
    engine = Engine.fresh();
    Worker worker = engine.newWorker(QUEUE);
    worker.registerWorkflowImplementationTypes(LineWorkflowImpl.class, ListeningDeploy.class);
    engine.start();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void tellsADeployThatHadYetToStart() {
    assertThat(told(Moment.BEFORE)).isEqualTo(SENTENCE);
  }

  @Test
  void tellsADeployThatIsJustStarted() {
    assertThat(told(Moment.AT_ITS_START)).isEqualTo(SENTENCE);
  }

  @Test
  void tellsADeployThatIsUnderWay() {
    assertThat(told(Moment.LATER)).isEqualTo(SENTENCE);
  }

  private String told(Moment moment) {
    return engine
        .getWorkflowClient()
        .newWorkflowStub(
            LineWorkflow.class, WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build())
        .run(moment);
  }

  /** When the promotion's time is up. */
  public enum Moment {
    BEFORE,
    AT_ITS_START,
    LATER
  }

  /** A promotion that has nothing but its line to its deploy. */
  @WorkflowInterface
  public interface LineWorkflow {
    @WorkflowMethod
    String run(Moment moment);
  }

  /** Says how the deploy ended. */
  public static final class LineWorkflowImpl implements LineWorkflow {
    @Override
    public String run(Moment moment) {
      DeployLine line =
          new DeployLine(
              PipelineFixture.PROJECT,
              PipelineFixture.ENVIRONMENT,
              new Asks(new Proofs(PipelineFixture.PROJECT, null)),
              new Timeline());
      if (moment == Moment.BEFORE) {
        line.timeIsUp(SENTENCE);
      } else {
        Async.procedure(() -> timeIsUp(line, moment));
      }
      return line.carryOut(order()).detail();
    }

    private static void timeIsUp(DeployLine line, Moment moment) {
      if (moment == Moment.LATER) {
        Workflow.sleep(Duration.ofMinutes(1));
      }
      line.timeIsUp(SENTENCE);
    }

    private static DeployRequest order() {
      return new DeployRequest(
          "promotion",
          "run",
          REVISION,
          null,
          "digest",
          "bob",
          null,
          false,
          aPipeline().build(),
          aLook().build().target(),
          1);
    }
  }

  /** Of a deploy's workflow what its promotion starts and speaks to. */
  @WorkflowInterface
  public interface Listening {
    @WorkflowMethod(name = "MigrateAndDeployWorkflow")
    DeployResult run(DeployRequest request);

    @SignalMethod(name = "timeIsUp")
    void timeIsUp(String sentence);
  }

  /** A deploy that waits an hour for what its promotion says. */
  public static final class ListeningDeploy implements Listening {
    private String heard;

    @Override
    public DeployResult run(DeployRequest request) {
      boolean told = Workflow.await(Duration.ofHours(1), () -> heard != null);
      return new DeployResult(
          request.promotionRunId(),
          request.revision(),
          told ? Result.TIMED_OUT : Result.LIVE,
          told ? heard : "heard nothing");
    }

    @Override
    public void timeIsUp(String sentence) {
      heard = sentence;
    }
  }
}
