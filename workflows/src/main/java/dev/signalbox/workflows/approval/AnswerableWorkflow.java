package dev.signalbox.workflows.approval;

import dev.signalbox.workflows.promotion.PromotionStatus;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;

/** The doors of every run that may ask people something; a workflow's interface extends this. */
public interface AnswerableWorkflow {

  @SignalMethod(
      name = "resolve",
      description =
          "Answer a question: {\"answer\":\"done\",\"person\":\"ana\",\"reason\":\"seen in"
              + " Railway\"}")
  void resolve(AnswerMessage message);

  @UpdateMethod(
      name = "decide",
      description =
          "Answer a question, or approve or reject with the card's digest:"
              + " {\"verdict\":\"approve\",\"digest\":\"<12"
              + " hex>\",\"person\":\"ana\",\"reason\":\"ok\"}")
  DecisionReply decide(DecideMessage message);

  @UpdateValidatorMethod(updateName = "decide")
  void validateDecide(DecideMessage message);

  @QueryMethod(
      name = "status",
      description = "Where it stands, what it waits for or asks, what was decided")
  PromotionStatus status();
}
