package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.ApprovalGate.Outcome;
import dev.signalbox.workflows.approval.ApprovalGate.Verdict;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.deploy.RestoreOrder;
import dev.signalbox.workflows.deploy.RestorePermit;
import dev.signalbox.workflows.deploy.RestoreRequest;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.Optional;

/** The runbook of a restore by hand: look, approval, lease, re-read, restore. */
public final class RestoreRunWorkflowImpl extends RunByHand implements RestoreRunWorkflow {
  private final RestoreRequest request;
  private final RestorePermit permit;

  @WorkflowInit
  public RestoreRunWorkflowImpl(RestoreRequest request) {
    super(request.project(), request.environment(), "plan");
    this.request = request;
    this.permit = new RestorePermit(request, asks, timeline);
  }

  @Override
  public DeployResult run(RestoreRequest same) {
    CurrentDetails.follow(this);
    return ended(journey(), request.requester(), "restore");
  }

  private Ending journey() {
    try {
      permit.look();
      Verdict verdict = approved();
      if (verdict.outcome() != Outcome.APPROVED) {
        return notApproved(verdict);
      }
      takeLease();
      Optional<String> changed = permit.changed(lease.grant().recorded());
      changed.ifPresent(approval::voidBecauseOf);
      return changed
          .map(
              what ->
                  Ending.of(
                      Result.FAILED,
                      what + " since it was approved: nothing was touched; ask again"))
          .orElseGet(this::restored);
    } catch (TemporalFailure failure) {
      return Causes.isCancel(failure)
          ? Ending.of(Result.CANCELLED, "cancelled before anything was touched")
          : Ending.of(Result.FAILED, Reads.reason(failure));
    }
  }

  private static Ending notApproved(Verdict verdict) {
    return verdict.outcome() == Outcome.GIVEN_UP
        ? Ending.of(
            Result.FAILED,
            "signalbox.toml says something else since it was asked: nothing was touched; ask again")
        : Ending.of(Result.REJECTED, verdict.sentence());
  }

  private Verdict approved() {
    return approved(
        permit.open(approval.gate()),
        "Approval wanted: the database of " + request.environment() + " back to a backup",
        request.requester(),
        request.reason(),
        permit.parts());
  }

  private Ending restored() {
    enter("restoring", permit.digest());
    return deploy.restore(
        new RestoreOrder(
            request,
            Workflow.getInfo().getWorkflowId(),
            Workflow.getInfo().getFirstExecutionRunId(),
            permit.pipeline(),
            permit.plan(),
            permit.before(),
            permit.digest(),
            lease.number()));
  }

  @Override
  Pipeline pipeline() {
    return permit.pipeline();
  }

  @Override
  String revision() {
    return request.revision();
  }

  @Override
  String digest() {
    return permit.digest();
  }
}
