package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.approval.DecisionReply;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.release.Timeline;
import dev.signalbox.workflows.rollback.RollbackRequest;
import dev.signalbox.workflows.rollback.RollbackWorkflow;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;

/** A rollback of nothing: it takes seven minutes and reports that its target runs. */
public final class QuickRollback implements RollbackWorkflow {
  static final Duration TAKES = Duration.ofMinutes(7);

  @Override
  public DeployResult run(RollbackRequest request) {
    Workflow.sleep(TAKES);
    Workflow.newExternalWorkflowStub(
            EnvironmentWorkflow.class,
            WorkflowExecution.newBuilder()
                .setWorkflowId(EnvironmentWorkflow.id(request.project(), request.environment()))
                .build())
        .runEnded(
            new RunReport(
                Workflow.getInfo().getWorkflowId(),
                Workflow.getInfo().getFirstExecutionRunId(),
                request.lease(),
                request.target().revision(),
                Result.LIVE,
                request.requester(),
                "rolled back",
                request.present(),
                request.target(),
                false,
                false,
                false,
                Instant.ofEpochMilli(Workflow.currentTimeMillis())));
    return DeployResult.alone(
        request.target().revision(),
        Result.LIVE,
        "rolled back",
        request.present(),
        request.target(),
        false,
        new Timeline());
  }

  @Override
  public void resolve(AnswerMessage message) {}

  @Override
  public DecisionReply decide(DecideMessage message) {
    return new DecisionReply(false, "nothing is asked here");
  }

  @Override
  public void validateDecide(DecideMessage message) {}

  @Override
  public PromotionStatus status() {
    return null;
  }
}
