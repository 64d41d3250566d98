package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.Answer;
import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.AnswerableWorkflow;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.approval.DecisionReply;
import dev.signalbox.workflows.approval.Proofs;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.environment.DecisionLine;
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

  /** Null while it runs. */
  protected DeployResult result;

  /** Of a run that the ledger started. */
  protected AnswerableRun(String project, String environment) {
    this(project, null, "", new DecisionLine(project, environment));
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
    this(project, promotionId, prefix, new DecisionLine(project, environment, promotionId, runId));
  }

  private AnswerableRun(String project, String promotionId, String prefix, DecisionLine decisions) {
    this.asks = new Asks(new Proofs(project, promotionId));
    this.questions = new Questions(asks, promotionId, prefix);
    this.decisions = decisions;
    asks.tell(decisions::tell);
  }

  /** Waits until whoever spoke has his answer, and the ledger all that was decided. */
  protected final void settle() {
    Workflow.await(() -> Workflow.isEveryHandlerFinished() && decisions.quiet());
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
