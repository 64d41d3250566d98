package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.Answer;
import dev.signalbox.workflows.approval.ApprovalMessage;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.migration.MigrationStep;
import dev.signalbox.workflows.migration.SchemaRecord;
import dev.signalbox.workflows.promotion.CurrentDetails;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.Optional;

/** The schema as it was approved, then a look at what runs. */
public final class MigrateWorkflowImpl extends AnswerableRun implements MigrateWorkflow {
  private final MigrateRequest request;
  private String stage = "migrating";
  private CancellationScope work;
  private String timeIsUp;
  private SchemaRecord schema;

  @WorkflowInit
  public MigrateWorkflowImpl(MigrateRequest request) {
    // Of a promotion it is what comes after the soak, and the deploy before it may have asked too.
    super(
        request.project(),
        request.environment(),
        request.promotionId(),
        request.promotionRunId(),
        PromotionWorkflow.isId(request.promotionId()) ? "contract-" : "");
    this.request = request;
    asks.judgeBy(request.pipeline(), request.requester());
  }

  @Override
  public DeployResult run(MigrateRequest same) {
    CurrentDetails.follow(this);
    CancellationScope run = CancellationScope.current();
    DeployResult[] end = new DeployResult[1];
    work = Workflow.newCancellationScope(() -> end[0] = carriedOut());
    if (timeIsUp != null) {
      work.cancel(timeIsUp);
    }
    work.run();
    result = end[0];
    boolean cancelled = run.isCancelRequested();
    Workflow.newDetachedCancellationScope(
            () -> {
              new EndReport(request).send(result, cancelled);
              settle();
            })
        .run();
    return result;
  }

  private DeployResult carriedOut() {
    try {
      return migrated();
    } catch (CanceledFailure cancelled) {
      return calledOff("before anything was migrated");
    } catch (TemporalFailure failure) {
      return Causes.isCancel(failure)
          ? calledOff(schema == null ? "before anything was migrated" : standing())
          : ended(Result.FAILED, "stopped by an error: " + Reads.reason(failure), List.of());
    }
  }

  private DeployResult migrated() {
    CancellationScope here = CancellationScope.current();
    MigrationStep.End end =
        new MigrationStep(
                request.pipeline(),
                request.revision(),
                timeline,
                questions,
                here::isCancelRequested)
            .carryOut(request.order());
    schema = end.record();
    if (here.isCancelRequested()) {
      return calledOff("after: " + end.detail());
    }
    if (!end.good()) {
      return ended(Result.FAILED, end.detail(), end.evidence());
    }
    stage = "verifying";
    LiveSet live = request.recorded().running();
    // Detached: what was changed is looked at to the end, whoever calls off the rest.
    Optional<String>[] trouble = newTrouble();
    Workflow.newDetachedCancellationScope(
            () ->
                trouble[0] =
                    live == null || goesBack()
                        ? Optional.empty()
                        : new StillWell(
                                request.pipeline(),
                                request.before(),
                                live.deployments(),
                                live.mergeCommit(),
                                timeline,
                                questions)
                            .trouble())
        .run();
    return trouble[0]
        .map(why -> ended(Result.FAILED, end.detail() + "; " + why, List.of()))
        .orElseGet(() -> ended(Result.LIVE, end.detail(), List.of()));
  }

  /** A release in quarantine has nothing to prove: the one before it is wanted. */
  private boolean goesBack() {
    boolean goesBack =
        request.order().downTo() != null && !request.recorded().quarantine().isEmpty();
    if (goesBack) {
      timeline.skipped("verify-again", null, "what runs is in quarantine");
    }
    return goesBack;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Optional<String>[] newTrouble() {
    return new Optional[1];
  }

  private DeployResult calledOff(String when) {
    return timeIsUp == null
        ? ended(Result.CANCELLED, "cancelled " + when, List.of())
        : ended(Result.TIMED_OUT, "the promotion is " + timeIsUp + " " + when, List.of());
  }

  private String standing() {
    return "with the database at " + schema.standing();
  }

  private DeployResult ended(Result how, String detail, List<String> evidence) {
    timeline.failOpen(detail);
    LiveSet live = request.recorded().running();
    boolean contracted = schema != null && schema.contract() != null;
    // Only the code whose migration this is bears a contract revision of it.
    LiveSet now =
        schema == null || live == null || (contracted && !request.ofWhatRuns())
            ? null
            : live.migrated(schema);
    return new DeployResult(
        request.promotionRunId(),
        request.revision(),
        how,
        detail,
        live,
        now,
        false,
        false,
        evidence,
        List.of(),
        timeline.steps(),
        List.of(),
        null,
        null,
        schema);
  }

  @Override
  public void timeIsUp(String sentence) {
    timeIsUp = timeIsUp == null ? sentence : timeIsUp;
    if (work != null) {
      work.cancel(timeIsUp);
    }
  }

  @Override
  public void approve(ApprovalMessage message) {
    asks.take(Answer.of(Asks.APPROVE, message));
  }

  @Override
  public void reject(ApprovalMessage message) {
    asks.take(Answer.of(Asks.REJECT, message));
  }

  @Override
  public void withdraw(ApprovalMessage message) {
    asks.take(Answer.of(Asks.WITHDRAW, message));
  }

  @Override
  public PromotionStatus status() {
    return status(request.revision(), request.digest(), stage);
  }
}
