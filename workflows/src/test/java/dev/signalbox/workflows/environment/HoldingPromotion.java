package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.ApprovalMessage;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.approval.DecisionReply;
import dev.signalbox.workflows.approval.Delay;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.migration.SchemaRecord;
import dev.signalbox.workflows.promotion.PromotionRequest;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import dev.signalbox.workflows.release.ServiceDeployment;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A promotion of nothing: it waits for the lease, holds it for as long as its reason says, and
 * reports; its detail says from when until when it held it.
 */
public final class HoldingPromotion implements PromotionWorkflow {
  static final String A_WHILE = "PT30S";
  static final String A_BLINK = "PT0.02S";
  static final String AN_HOUR = "PT1H";

  /** It holds the lease for a while and turns out bad. */
  static final String BAD = "bad";

  /** It goes live, gives back its lease and waits for more. */
  static final String GOES_ON = "goes on";

  /** It goes live, and a revision has run that the former code may not bear. */
  static final String CONTRACTING = "contracting";

  /** It holds the lease for a while, fails, and its rescue fails too. */
  static final String BAD_RESCUE = "bad rescue";

  /** The first grant does not reach it; it asks again after an hour. */
  static final String DEAF_ONCE = "deaf once";

  /** It waits for its gates, and never comes to ask for the lease. */
  static final String NEVER_ASKS = "never asks";

  private LeaseGrant grant;
  private boolean heard;
  private String reason;
  private String supersededBy;

  @Override
  public PromotionResult run(PromotionRequest request) {
    reason = request.reason();
    while (grant == null && supersededBy == null) {
      if (!NEVER_ASKS.equals(reason)) {
        ledger(request)
            .leaseRequested(
                new LeaseRequest(
                    Workflow.getInfo().getWorkflowId(), runId(), request.revision(), now()));
      }
      Workflow.await(Duration.ofHours(1), () -> grant != null || supersededBy != null);
    }
    if (grant == null) {
      return end(request, Result.SUPERSEDED, "by " + supersededBy, null);
    }
    Instant from = now();
    try {
      Workflow.sleep(held(reason));
    } catch (CanceledFailure cancelled) {
      PromotionResult[] result = new PromotionResult[1];
      Workflow.newDetachedCancellationScope(
              () -> result[0] = end(request, Result.CANCELLED, "cancelled", null))
          .run();
      return result[0];
    }
    return switch (reason) {
      case BAD -> end(request, Result.ROLLED_BACK, "turned out bad", null);
      case GOES_ON -> goesOn(request);
      case BAD_RESCUE -> end(request, Result.FAILED, "rescue failed", null);
      default -> end(request, Result.LIVE, from + "/" + now(), liveSet(request));
    };
  }

  private static Duration held(String reason) {
    return reason.startsWith("PT") ? Duration.parse(reason) : Duration.parse(A_WHILE);
  }

  private static LiveSet liveSet(PromotionRequest request) {
    String revision = request.revision();
    return new LiveSet(
        revision,
        null,
        now(),
        List.of(new ServiceDeployment("backend", "d-" + revision, revision, true, now())),
        request.service() == null ? List.of() : List.of("frontend"));
  }

  private PromotionResult goesOn(PromotionRequest request) {
    ledger(request).runEnded(report(request, Result.LIVE, "live", liveSet(request)).andGoesOn());
    grant = null;
    Workflow.await(() -> supersededBy != null);
    return end(request, Result.LIVE, "the rest is taken over by " + supersededBy, null);
  }

  private PromotionResult end(
      PromotionRequest request, Result result, String detail, LiveSet live) {
    String id = Workflow.getInfo().getWorkflowId();
    ledger(request).runEnded(report(request, result, detail, live));
    return new PromotionResult(
        id, request.revision(), result, null, detail, null, List.of(), List.of(), detail, null);
  }

  private RunReport report(PromotionRequest request, Result result, String detail, LiveSet live) {
    String id = Workflow.getInfo().getWorkflowId();
    return new RunReport(
        id,
        runId(),
        grant == null ? 0 : grant.number(),
        request.revision(),
        result,
        request.requester(),
        detail,
        null,
        live,
        result == Result.FAILED,
        result == Result.ROLLED_BACK,
        false,
        now(),
        CONTRACTING.equals(reason)
            ? new SchemaRecord(List.of("r0"), List.of("r1"), false, List.of("r1"), "r1", null)
            : null);
  }

  private static EnvironmentWorkflow ledger(PromotionRequest request) {
    return Workflow.newExternalWorkflowStub(
        EnvironmentWorkflow.class,
        WorkflowExecution.newBuilder()
            .setWorkflowId(EnvironmentWorkflow.id(request.project(), request.environment()))
            .build());
  }

  private static String runId() {
    return Workflow.getInfo().getFirstExecutionRunId();
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  @Override
  public void leaseGranted(LeaseGrant given) {
    boolean deaf = DEAF_ONCE.equals(reason) && !heard;
    heard = true;
    if (given.runId().equals(runId()) && !deaf) {
      grant = given;
    }
  }

  @Override
  public void hint(Hint hint) {}

  @Override
  public void superseded(String byPromotion) {
    supersededBy = byPromotion;
  }

  @Override
  public void approve(ApprovalMessage message) {}

  @Override
  public void reject(ApprovalMessage message) {}

  @Override
  public void withdraw(ApprovalMessage message) {}

  @Override
  public void resolve(AnswerMessage message) {}

  @Override
  public DecisionReply decide(DecideMessage message) {
    return new DecisionReply(false, "nothing is asked here");
  }

  @Override
  public void validateDecide(DecideMessage message) {}

  @Override
  public void ordered(LedgerRecord recorded) {}

  @Override
  public void asked(Ask question) {}

  @Override
  public void answered(String questionId) {}

  @Override
  public void delayed(Delay delay) {}

  @Override
  public void deployEnded(DeployResult deployResult) {}

  @Override
  public PromotionStatus status() {
    return null;
  }
}
