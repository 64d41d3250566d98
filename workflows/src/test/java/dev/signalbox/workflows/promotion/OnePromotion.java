package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.EnvironmentWorkflowImpl;
import dev.signalbox.workflows.environment.LedgerActivities;
import dev.signalbox.workflows.environment.LedgerState;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.util.Map;

/** One promotion with the ledger that it talks to, on a test's engine. */
final class OnePromotion {
  static final TaskQueues QUEUES = new TaskQueues(PipelineFixture.PROJECT);

  private OnePromotion() {}

  /** Puts the worker of the workflows on the engine, with these activities. */
  static void prepare(TestWorkflowEnvironment engine, Object... activities) {
    var worker = engine.newWorker(QUEUES.workflows());
    worker.registerWorkflowImplementationTypes(
        PromotionWorkflowImpl.class, EnvironmentWorkflowImpl.class);
    worker.registerActivitiesImplementations(activities);
    worker.registerActivitiesImplementations(Engine.knowing(LedgerActivities.class, Map.of()));
  }

  /** Runs it to its end. */
  static PromotionResult run(TestWorkflowEnvironment engine) {
    WorkflowClient client = engine.getWorkflowClient();
    String ledger = EnvironmentWorkflow.id(PipelineFixture.PROJECT, PipelineFixture.ENVIRONMENT);
    WorkflowClient.start(
        client.newWorkflowStub(EnvironmentWorkflow.class, options(ledger))::run,
        LedgerState.empty(PipelineFixture.PROJECT, PipelineFixture.ENVIRONMENT));
    return client
        .newWorkflowStub(PromotionWorkflow.class, options(id()))
        .run(
            new PromotionRequest(
                PipelineFixture.PROJECT,
                PipelineFixture.ENVIRONMENT,
                REVISION,
                "bob",
                "a test",
                null));
  }

  static String id() {
    return PromotionWorkflow.id(PipelineFixture.PROJECT, PipelineFixture.ENVIRONMENT, REVISION);
  }

  private static WorkflowOptions options(String id) {
    return WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(QUEUES.workflows()).build();
  }
}
