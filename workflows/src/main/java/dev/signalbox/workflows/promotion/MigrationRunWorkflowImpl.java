package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Delay;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.deploy.DeployStatus;
import dev.signalbox.workflows.deploy.MigrateRequest;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.Map;
import java.util.Optional;

/** The runbook of a migration by hand: gates, approval, lease, re-read, migrate. */
public final class MigrationRunWorkflowImpl extends LeasedRun implements MigrationRunWorkflow {
  private static final String LEASE = "lease";

  private final MigrationRunRequest request;
  private final MigrationPermit permit;
  private String stage = "gates";
  private DeployResult result;

  @WorkflowInit
  public MigrationRunWorkflowImpl(MigrationRunRequest request) {
    super(request.project(), request.environment());
    this.request = request;
    this.permit = new MigrationPermit(request, asks, timeline);
  }

  @Override
  public DeployResult run(MigrationRunRequest same) {
    Ending ending = journey();
    Workflow.newDetachedCancellationScope(
            () -> {
              result = result(ending);
              ledger.ended(
                  lease.number(),
                  request.requester(),
                  request.downTo() == null ? "migrate" : "downgrade",
                  result);
              Workflow.await(Workflow::isEveryHandlerFinished);
            })
        .run();
    return result;
  }

  private Ending journey() {
    try {
      LedgerRecord recorded = request.recorded();
      while (true) {
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
        takeLease();
        recorded = lease.grant().recorded();
      }
    } catch (TemporalFailure failure) {
      return Failure.isCancel(failure)
          ? Ending.of(Result.CANCELLED, "cancelled before anything was migrated")
          : Ending.of(Result.FAILED, "stopped by an error: " + Failure.message(failure));
    }
  }

  private void giveBackWhatIsNotApproved() {
    if (lease.held()) {
      lease.giveBack();
      timeline.skipped(
          "approval-void", null, "what is pending, or signalbox.toml, is not as it was approved");
    }
  }

  private Optional<Ending> approved() {
    if (!permit.asks()) {
      timeline.skipped("approval", null, "none needed");
      return Optional.empty();
    }
    Ask ask = permit.open();
    enter("approval", ask.digest());
    return permit
        .await(ask)
        .map(
            why -> {
              timeline.failed("approval", null, why);
              return Ending.of(Result.REJECTED, why);
            });
  }

  private void takeLease() {
    enter(LEASE, permit.digest());
    timeline.waiting(LEASE, "queued at the ledger");
    lease.take(request.revision(), () -> false);
    timeline.done(LEASE, "number " + lease.number());
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

  /** Noted where the engine alone can tell it, with no worker. */
  private void enter(String next, String digest) {
    stage = next;
    Workflow.upsertMemo(Map.of("stage", next, "digest", digest));
  }

  private DeployResult result(Ending ending) {
    timeline.failOpen(ending.detail());
    DeployResult migrated = ending.deploy();
    return migrated == null
        ? DeployResult.alone(
            request.revision(),
            ending.result(),
            ending.detail(),
            null,
            null,
            ending.mixed(),
            timeline)
        : migrated.with(timeline);
  }

  /** Its steps show it, and nobody was promised word of it. */
  @Override
  public void delayed(Delay delay) {}

  @Override
  public PromotionStatus status() {
    return DeployStatus.of(
        Workflow.getInfo().getWorkflowId(),
        request.revision(),
        permit.digest(),
        stage,
        asks,
        timeline,
        result);
  }
}
