package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.Answer;
import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.ApprovalMessage;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.approval.Cancels;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.approval.DecisionReply;
import dev.signalbox.workflows.approval.Proofs;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.environment.DecisionLine;
import dev.signalbox.workflows.environment.LeaseGrant;
import dev.signalbox.workflows.environment.LedgerLine;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.hint.Hints;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.workflow.Workflow;

/**
 * What a promotion and a migration by hand have beside their deed: their steps, who may answer, the
 * lease, and the line to the child that works under it.
 */
abstract class LeasedRun implements LeasedWorkflow {
  final Timeline timeline = new Timeline();
  final Asks asks;
  final LedgerLine ledger;
  final DecisionLine decisions;
  final Cancels cancels;
  final Lease lease;
  final DeployLine deploy;
  private final Hints hints = new Hints();

  LeasedRun(String project, String environment) {
    this.asks = new Asks(new Proofs(project, null));
    this.ledger = new LedgerLine(project, environment);
    this.decisions = new DecisionLine(project, environment);
    asks.tell(decisions::tell);
    this.cancels = new Cancels(new Proofs(project, null), decisions::tell);
    this.lease = new Lease(ledger);
    this.deploy = new DeployLine(project, environment, asks, timeline);
  }

  /** Waits until whoever spoke has his answer, and the ledger all that was decided. */
  final void settle() {
    Workflow.await(() -> Workflow.isEveryHandlerFinished() && decisions.quiet());
  }

  /** An approval of this run, whose card is told to the board. */
  final AskedApproval approval(NoticeBoard board, String prefix) {
    return new AskedApproval(asks, cancels, board, timeline, prefix);
  }

  /** The same, of a cancelled one with who cancelled it and why. */
  final Ending signed(Ending ending) {
    return ending.result() == Result.CANCELLED
        ? ending.with(cancels.signed(ending.detail()))
        : ending;
  }

  @Override
  public final void approve(ApprovalMessage message) {
    deploy.take(Answer.of(Asks.APPROVE, message));
  }

  @Override
  public final void reject(ApprovalMessage message) {
    deploy.take(Answer.of(Asks.REJECT, message));
  }

  @Override
  public final void withdraw(ApprovalMessage message) {
    deploy.take(Answer.of(Asks.WITHDRAW, message));
  }

  @Override
  public final void resolve(AnswerMessage message) {
    Answer answer = Answer.of(message);
    if (!cancels.take(answer)) {
      deploy.take(answer);
    }
  }

  @Override
  public final DecisionReply decide(DecideMessage message) {
    return deploy.take(Answer.of(message));
  }

  @Override
  public final void validateDecide(DecideMessage message) {
    asks.validate(message);
  }

  @Override
  public final void hint(Hint hint) {
    if (hints.take(hint)) {
      heard(hint);
    }
  }

  /** A hint that is new. */
  abstract void heard(Hint hint);

  @Override
  public final void leaseGranted(LeaseGrant grant) {
    lease.granted(grant);
  }

  @Override
  public void asked(Ask question) {
    deploy.asked(question);
  }

  @Override
  public final void answered(String questionId) {
    deploy.answered(questionId);
  }

  @Override
  public final void deployEnded(DeployResult deployResult) {
    deploy.ended(deployResult);
  }
}
