package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.Answer;
import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.AnswerableWorkflow;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.approval.DecisionReply;
import dev.signalbox.workflows.approval.Proofs;
import dev.signalbox.workflows.approval.Questions;
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

  /** Null while it runs. */
  protected DeployResult result;

  /**
   * @param promotionId whose part it is; null = the ledger started it
   */
  protected AnswerableRun(String project, String promotionId) {
    this(project, promotionId, "");
  }

  /**
   * @param prefix of its questions' ids
   */
  protected AnswerableRun(String project, String promotionId, String prefix) {
    this.asks = new Asks(new Proofs(project, promotionId));
    this.questions = new Questions(asks, promotionId, prefix);
  }

  @Override
  public final void resolve(AnswerMessage message) {
    asks.take(Answer.of(message));
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
