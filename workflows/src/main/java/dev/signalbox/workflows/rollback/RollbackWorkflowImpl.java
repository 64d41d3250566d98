package dev.signalbox.workflows.rollback;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.deploy.AnswerableRun;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.environment.LedgerLine;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import dev.signalbox.workflows.promotion.CurrentDetails;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

/** Started by the ledger together with its lease; reports to the ledger when it ends. */
public final class RollbackWorkflowImpl extends AnswerableRun implements RollbackWorkflow {
  private final RollbackRequest request;

  @WorkflowInit
  public RollbackWorkflowImpl(RollbackRequest request) {
    super(request.project(), request.environment());
    this.request = request;
  }

  @Override
  public DeployResult run(RollbackRequest same) {
    CurrentDetails.follow(this);
    Workflow.newDetachedCancellationScope(() -> result = putBack()).run();
    Workflow.newDetachedCancellationScope(this::report).run();
    return result;
  }

  private DeployResult putBack() {
    Pipeline pipeline;
    try {
      pipeline = readPolicy();
    } catch (ActivityFailure unread) {
      return result(Result.FAILED, "signalbox.toml: " + Reads.reason(unread), null, false);
    }
    judgeBy(pipeline, request.requester());
    // No error of the rescue is caught: it may have touched something, and then a run that closes
    // without a report leaves the environment mixed, which is so.
    Rescue.End end =
        new Rescue(pipeline, timeline, questions).putBack(request.target().deployments());
    LiveSet live = end.restored() ? request.target().on(end.set(), now()) : null;
    boolean mixed = !end.restored() && end.touched();
    return result(end.restored() ? Result.LIVE : Result.FAILED, end.detail(), live, mixed);
  }

  private Pipeline readPolicy() {
    return Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
        .read(new PolicyQuery(request.project(), request.environment()));
  }

  private DeployResult result(Result how, String detail, LiveSet live, boolean mixed) {
    return DeployResult.alone(
        request.target().revision(),
        how,
        unstopped(detail),
        request.present(),
        live,
        mixed,
        timeline);
  }

  private void report() {
    new LedgerLine(request.project(), request.environment())
        .ended(request.lease(), request.requester(), "rollback", request.reason(), result);
    settle();
  }

  @Override
  public PromotionStatus status() {
    return status(request.target().revision(), null, "rollback");
  }
}
