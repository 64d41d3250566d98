package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.ApprovalGate.Verdict;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.deploy.MigrateRequest;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.Optional;

/** The runbook of a migration by hand: gates, approval, lease, re-read, migrate. */
public final class MigrationRunWorkflowImpl extends RunByHand implements MigrationRunWorkflow {
  private final MigrationRunRequest request;
  private final MigrationPermit permit;

  @WorkflowInit
  public MigrationRunWorkflowImpl(MigrationRunRequest request) {
    super(request.project(), request.environment(), "gates");
    this.request = request;
    this.permit = new MigrationPermit(request, asks, timeline);
  }

  @Override
  public DeployResult run(MigrationRunRequest same) {
    CurrentDetails.follow(this);
    return ended(
        journey(), request.requester(), request.downTo() == null ? "migrate" : "downgrade");
  }

  private Ending journey() {
    try {
      LedgerRecord recorded = request.recorded();
      while (true) {
        rules.take();
        Optional<String> refused = permit.judge(recorded, lease.held() ? "reread" : "gates");
        if (refused.isPresent()) {
          return Ending.of(Result.FAILED, refused.get());
        }
        if (permit.order() == null) {
          return Ending.of(Result.LIVE, "nothing is pending: " + permit.standing());
        }
        if (lease.held() && !permit.asks()) {
          return migrated();
        }
        giveBackWhatIsNotApproved();
        Optional<Ending> rejected = approved();
        if (rejected.isPresent()) {
          return rejected.get();
        }
        if (permit.asks()) {
          // Nobody said no, and nobody said yes: signalbox.toml says something else by now.
          continue;
        }
        takeLease();
        recorded = lease.grant().recorded();
      }
    } catch (TemporalFailure failure) {
      return Causes.isCancel(failure)
          ? Ending.of(Result.CANCELLED, "cancelled before anything was migrated")
          : Ending.of(Result.FAILED, "stopped by an error: " + Causes.message(failure));
    }
  }

  private void giveBackWhatIsNotApproved() {
    if (lease.held()) {
      lease.giveBack();
      approval.voidBecauseOf("what is pending, or signalbox.toml, is not as it was approved");
    }
  }

  /** Empty also when it is to be judged, and asked, by other rules. */
  private Optional<Ending> approved() {
    if (!permit.asks()) {
      timeline.skipped("approval", null, "none needed");
      return Optional.empty();
    }
    Ask ask = permit.open(approval.gate());
    Verdict verdict =
        approved(ask, permit.title(), request.requester(), request.reason(), permit.parts());
    return switch (verdict.outcome()) {
      case APPROVED -> {
        permit.given(ask);
        yield Optional.empty();
      }
      case GIVEN_UP -> Optional.empty();
      case REJECTED, EXPIRED -> Optional.of(Ending.of(Result.REJECTED, verdict.sentence()));
    };
  }

  private Ending migrated() {
    enter("migrating", permit.digest());
    return deploy.migrate(
        new MigrateRequest(
            request.project(),
            request.environment(),
            request.revision(),
            Workflow.getInfo().getWorkflowId(),
            Workflow.getInfo().getFirstExecutionRunId(),
            permit.pipeline(),
            permit.before(),
            permit.order(),
            lease.grant().recorded(),
            permit.digest(),
            request.requester(),
            request.reason(),
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
