package dev.signalbox.workflows.approval;

import io.temporal.workflow.SignalMethod;

/** The doors of a run that may wait for approval. */
public interface ApprovableWorkflow extends AnswerableWorkflow {

  @SignalMethod(
      name = "approve",
      description =
          "Say yes: {\"digest\":\"<12 hex of the card>\",\"person\":\"ana\",\"reason\":\"looks"
              + " good\"}")
  void approve(ApprovalMessage message);

  @SignalMethod(
      name = "reject",
      description =
          "Say no: {\"digest\":\"<12 hex of the card>\",\"person\":\"ana\",\"reason\":\"not"
              + " today\"}")
  void reject(ApprovalMessage message);

  @SignalMethod(
      name = "withdraw",
      description =
          "Take your yes back: {\"digest\":\"<12 hex of the"
              + " card>\",\"person\":\"ana\",\"reason\":\"I was wrong\"}")
  void withdraw(ApprovalMessage message);
}
