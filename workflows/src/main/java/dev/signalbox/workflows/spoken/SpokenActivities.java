package dev.signalbox.workflows.spoken;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The hands of the gateway. */
@ActivityInterface
public interface SpokenActivities {

  /**
   * Carries the command out; what it asks of a run or a ledger goes by the message's id, so that
   * twice is once. Whether an attempt before had begun is known by its heartbeat.
   */
  @ActivityMethod(name = "CarryOut")
  Carried carryOut(SpokenWords words);

  /**
   * Answers where it was said. Marked in a pull request, where the same answer stands once; at
   * Slack it may be said twice rather than never.
   */
  @ActivityMethod(name = "AnswerWords")
  void answer(Answered answered);

  /**
   * Changes the answer to the verdict, or adds it. Fails while there is none, and is to be tried
   * again then. Marked, as the answer is.
   */
  @ActivityMethod(name = "TellVerdict")
  void tellVerdict(Awaited awaited);

  /**
   * What came of a command.
   *
   * @param text for whoever said it
   * @param left what it left with the engine and nobody has judged yet; null = nothing
   * @param again whether somebody was not reached, and it is to be tried again
   */
  record Carried(String text, Left left, boolean again) {}

  /** A decision or an order, and the run or ledger that judges it. */
  record Left(String workflowId, String decisionId) {}

  record Answered(SpokenWords words, String text) {}

  /** A verdict that somebody waits for. */
  record Awaited(SpokenWords words, Left left) {}
}
