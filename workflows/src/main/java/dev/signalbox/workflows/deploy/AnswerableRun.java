package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.Answer;
import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.AnswerableWorkflow;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.approval.Cancels;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.approval.DecisionReply;
import dev.signalbox.workflows.approval.Proofs;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.environment.DecisionLine;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.LoneQuestions;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.workflow.Workflow;
import java.time.Instant;

/**
 * What every run that changes an environment has beside its deed: its steps, what it asks and who
 * may answer, and how it ended.
 */
public abstract class AnswerableRun implements AnswerableWorkflow {
  protected final Timeline timeline = new Timeline();
  protected final Asks asks;
  protected final Questions questions;
  private final DecisionLine decisions;
  private final Cancels cancels;

  /** Null where another run puts its questions before people. */
  private final LoneQuestions alone;

  /** Null while it runs. */
  protected DeployResult result;

  /** Of a run that the ledger started. */
  protected AnswerableRun(String project, String environment) {
    this.asks = new Asks(new Proofs(project, null));
    this.alone = new LoneQuestions(project, environment, asks, timeline);
    this.questions = Questions.toldBy(alone::tell, asks);
    this.decisions = new DecisionLine(project, environment);
    asks.tell(decisions::tell);
    this.cancels = new Cancels(new Proofs(project, null), decisions::tell);
  }

  /**
   * Of a part of another run.
   *
   * @param runId first run id of that one
   */
  protected AnswerableRun(String project, String environment, String promotionId, String runId) {
    this(project, environment, promotionId, runId, "");
  }

  /**
   * @param prefix of its questions' ids
   */
  protected AnswerableRun(
      String project, String environment, String promotionId, String runId, String prefix) {
    this.asks = new Asks(new Proofs(project, promotionId));
    this.alone = null;
    this.questions = new Questions(asks, promotionId, prefix);
    this.decisions = new DecisionLine(project, environment, promotionId, runId);
    asks.tell(decisions::tell);
    this.cancels = new Cancels(new Proofs(project, promotionId), decisions::tell);
  }

  /** The rules by which it is answered, and where people are told. */
  protected final void judgeBy(Pipeline policy, String requester) {
    asks.judgeBy(policy, requester);
    if (alone != null) {
      alone.tellingBy(policy);
    }
  }

  /** How a cancelled run ended, with who cancelled it and why. */
  protected final String signed(String cancelled) {
    return cancels.signed(cancelled);
  }

  /** How a run ended that a cancel does not stop, with who wanted to. */
  protected final String unstopped(String detail) {
    return cancels.first().map(word -> detail + "; " + Cancels.inVain(word)).orElse(detail);
  }

  /**
   * Waits until whoever spoke has his answer, the ledger all that was decided, and every card says
   * how its question was answered.
   */
  protected final void settle() {
    if (alone != null) {
      alone.end();
    }
    Workflow.await(() -> Workflow.isEveryHandlerFinished() && decisions.quiet());
  }

  @Override
  public final void resolve(AnswerMessage message) {
    Answer answer = Answer.of(message);
    if (!cancels.take(answer)) {
      asks.take(answer);
    }
  }

  @Override
  public final DecisionReply decide(DecideMessage message) {
    return asks.take(Answer.of(message));
  }

  @Override
  public final void validateDecide(DecideMessage message) {
    asks.validate(message);
  }

  /**
   * @param digest null where nothing was approved
   */
  protected final PromotionStatus status(String revision, String digest, String stage) {
    return DeployStatus.of(
        Workflow.getInfo().getWorkflowId(), revision, digest, stage, asks, timeline, result);
  }

  protected static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
