package dev.signalbox.workflows.effect;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Answer;
import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.approval.Proofs;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.DeployOrder;
import dev.signalbox.workflows.railway.RailwayActivities.RecentQuery;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Its promotion was terminated: what it asks is asked all the same. */
public final class StepWorkflowImpl implements StepWorkflow {
  static final Duration SETTLE = Duration.ofSeconds(30);
  static final Duration AWAY = Duration.ofMinutes(5);
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private final String queue = new TaskQueues("inspector").railway();
  private final Asks asks = new Asks(new Proofs("inspector", null));
  private final List<Ask> answered = new ArrayList<>();

  @Override
  public StepEnd run() {
    asks.judgeBy(aPipeline().trusting("temporal-ui").build(), "ben");
    long started = Workflow.currentTimeMillis();
    BareStep.End end =
        new BareStep(
                new Questions(asks, "promotion/that/is/gone"),
                SETTLE,
                AWAY,
                PATIENCE,
                CancellationScope.current()::isCancelRequested)
            .carryOut(
                new BareStep.Order(
                    "deploy",
                    "backend",
                    RailwayFake.REVISION,
                    List.of("d-before"),
                    () ->
                        Workflow.newActivityStub(
                                RailwayActivities.class, ActivityProfiles.bare(queue, "deploy"))
                            .deploy(
                                new DeployOrder(
                                    "inspector", "env", "id", "backend", RailwayFake.REVISION)),
                    longest ->
                        Workflow.newActivityStub(
                                RailwayActivities.class,
                                ActivityProfiles.quick(queue, "read", longest))
                            .recentDeployments(
                                new RecentQuery("inspector", "rw", "env", "id", "backend", null))
                            .deployments()));
    return new StepEnd(
        end.deploymentId(),
        end.abandoned(),
        end.detail(),
        Duration.ofMillis(Workflow.currentTimeMillis() - started),
        answered);
  }

  @Override
  public void resolve(AnswerMessage message) {
    answered.addAll(asks.open());
    asks.take(Answer.of(message));
  }

  @Override
  public List<Ask> asks() {
    return asks.open();
  }
}
