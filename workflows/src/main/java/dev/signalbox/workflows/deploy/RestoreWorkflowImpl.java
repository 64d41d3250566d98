package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.Answer;
import dev.signalbox.workflows.approval.ApprovalMessage;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.deploy.Attempts.GivenUp;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.health.Proof;
import dev.signalbox.workflows.migration.SchemaRecord;
import dev.signalbox.workflows.promotion.CurrentDetails;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.rollback.Rescue;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.Optional;

/** The runbook of an approved restore: stop, save, restore beside; then swap, start, verify. */
public final class RestoreWorkflowImpl extends AnswerableRun implements RestoreWorkflow {
  private final RestoreOrder order;
  private final RestoreRequest request;
  private String stage = "restoring";
  private Restoration restoration;

  @WorkflowInit
  public RestoreWorkflowImpl(RestoreOrder order) {
    super(
        order.request().project(),
        order.request().environment(),
        order.runId(),
        order.firstRunId());
    this.order = order;
    this.request = order.request();
    asks.judgeBy(order.pipeline(), request.requester());
  }

  @Override
  public DeployResult run(RestoreOrder same) {
    CurrentDetails.follow(this);
    CancellationScope run = CancellationScope.current();
    restoration = new Restoration(order, timeline, questions);
    Optional<String> stopped = untilTheSwap();
    boolean cancelled = run.isCancelRequested();
    Workflow.newDetachedCancellationScope(
            () -> {
              result = stopped.map(this::undone).orElseGet(this::swapped);
              new EndReport(order).send(result, cancelled || run.isCancelRequested());
              settle();
            })
        .run();
    return result;
  }

  /** Why it goes no further; empty = the swap is next, and from there on it goes to its end. */
  private Optional<String> untilTheSwap() {
    CancellationScope here = CancellationScope.current();
    try {
      restoration.untilTheSwap();
      return here.isCancelRequested() ? Optional.of("cancelled") : Optional.empty();
    } catch (GivenUp enough) {
      return Optional.of("given up by a person: " + enough.getMessage());
    } catch (TemporalFailure failure) {
      return Optional.of(
          Causes.isCancel(failure) ? "cancelled" : "stopped by an error: " + Reads.reason(failure));
    }
  }

  private DeployResult swapped() {
    stage = "swapping";
    Optional<String> former;
    try {
      former = restoration.swap();
    } catch (GivenUp refused) {
      return undone("given up by a person: " + refused.getMessage());
    }
    SchemaRecord schema =
        SchemaRecord.broughtBack(
            order.plan().at(),
            order.plan().receipt().schema(),
            restoration.saved(),
            request.backup());
    stage = "starting";
    Optional<Rescue.End> started = restoration.started();
    if (started.isEmpty()) {
      String words = restoration.words(former, "no service ran, so none was started");
      return ended(Result.LIVE, words, null, false, schema);
    }
    boolean well = started.get().restored();
    return ended(
        well ? Result.LIVE : Result.FAILED,
        restoration.words(former, "the services are " + started.get().detail()),
        well
            ? onRecord(request.code(), started.get()).map(set -> set.at(schema)).orElse(null)
            : null,
        !well,
        schema);
  }

  private DeployResult undone(String why) {
    stage = "undoing";
    Optional<Rescue.End> started = restoration.undone();
    boolean well = started.map(Rescue.End::restored).orElse(true);
    return ended(
        why.equals("cancelled") ? Result.CANCELLED : Result.FAILED,
        why
            + " before the swap: the database is the one that it was"
            + started.map(end -> "; the services are " + end.detail()).orElse(""),
        started
            .filter(Rescue.End::restored)
            .flatMap(end -> onRecord(request.present(), end))
            .orElse(null),
        !well,
        null);
  }

  /** Only what was on record stays there: of what somebody else deployed nothing is known. */
  private Optional<LiveSet> onRecord(LiveSet code, Rescue.End end) {
    boolean foreign =
        request.target() == null && !Foreign.of(code, order.pipeline(), order.before()).isEmpty();
    return foreign
        ? Optional.empty()
        : Optional.ofNullable(code).map(set -> set.on(end.set(), now()));
  }

  private DeployResult ended(
      Result how, String detail, LiveSet live, boolean mixed, SchemaRecord schema) {
    timeline.failOpen(detail);
    return new DeployResult(
        order.firstRunId(),
        request.revision(),
        how,
        detail,
        request.present(),
        live,
        mixed,
        false,
        List.of(),
        List.of(),
        timeline.steps(),
        List.of(),
        new Proof(List.of(), timeline.watched()),
        null,
        schema);
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
    return status(request.revision(), order.digest(), stage);
  }
}
