package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.environment.LedgerActivities;
import dev.signalbox.workflows.environment.LedgerActivities.HolderQuery;
import dev.signalbox.workflows.environment.LedgerLine;
import dev.signalbox.workflows.environment.RunReport;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.time.Instant;

/**
 * Tells how a deploy ended to whoever the engine does not tell: a promotion that was cancelled gets
 * no result, because the engine closes a cancelled run as cancelled and drops what it returns; for
 * a promotion that was terminated the deploy reports to the ledger in its place.
 */
final class EndReport {
  private final String project;
  private final String environment;
  private final String promotionId;
  private final String promotionRunId;
  private final String revision;
  private final String requester;
  private final long lease;

  EndReport(DeployRequest request) {
    this.project = request.pipeline().project().name();
    this.environment = request.pipeline().environment().name();
    this.promotionId = request.promotionId();
    this.promotionRunId = request.promotionRunId();
    this.revision = request.revision();
    this.requester = request.requester();
    this.lease = request.lease();
  }

  /** Of the part of a promotion that only migrates. */
  EndReport(MigrateRequest request) {
    this.project = request.project();
    this.environment = request.environment();
    this.promotionId = request.promotionId();
    this.promotionRunId = request.promotionRunId();
    this.revision = request.revision();
    this.requester = request.requester();
    this.lease = request.lease();
  }

  /** Of a restore. */
  EndReport(RestoreOrder order) {
    this.project = order.request().project();
    this.environment = order.request().environment();
    this.promotionId = order.runId();
    this.promotionRunId = order.firstRunId();
    this.revision = order.request().revision();
    this.requester = order.request().requester();
    this.lease = order.lease();
  }

  void send(DeployResult result, boolean cancelled) {
    if (promotionClosed() || (cancelled && !promotionReached(result))) {
      new LedgerLine(project, environment).say(line -> line.runEnded(inItsPlace(result)));
    }
  }

  // Asked locally: one event. When the engine does not say, the ledger still finds out by itself.
  private boolean promotionClosed() {
    try {
      return Workflow.newLocalActivityStub(LedgerActivities.class, ActivityProfiles.local())
          .inspect(
              new HolderQuery(
                  project, promotionId, promotionRunId, Workflow.getInfo().getWorkflowId()))
          .holderClosed();
    } catch (ActivityFailure unknown) {
      Workflow.getLogger(EndReport.class).warn("promotion not inspected promotion={}", promotionId);
      return false;
    }
  }

  private boolean promotionReached(DeployResult result) {
    try {
      Workflow.newExternalWorkflowStub(
              PromotionWorkflow.class,
              WorkflowExecution.newBuilder().setWorkflowId(promotionId).build())
          .deployEnded(result);
      return true;
    } catch (SignalExternalWorkflowException | ApplicationFailure gone) {
      return false;
    }
  }

  private RunReport inItsPlace(DeployResult result) {
    return new RunReport(
        promotionId,
        promotionRunId,
        lease,
        revision,
        result.result(),
        requester,
        "terminated; its deploy: " + result.detail(),
        result.former(),
        result.live(),
        result.mixed(),
        result.quarantine(),
        true,
        Instant.ofEpochMilli(Workflow.currentTimeMillis()),
        result.schema());
  }
}
