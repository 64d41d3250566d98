package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.Timeline;

/**
 * The questions of a run that no other run mirrors, put before people as a promotion's are. Where
 * people are told it learns from the policy; what is asked before that was read only {@code why}
 * shows.
 */
public final class LoneQuestions {
  private final OnTheSide aside;
  private final NoticeBoard board;
  private final AskedQuestions questions;
  private Pipeline pipeline;

  public LoneQuestions(String project, String environment, Asks asks, Timeline timeline) {
    this.aside = new OnTheSide(timeline);
    this.board = new NoticeBoard(project, () -> pipeline, () -> null, timeline, aside);
    this.questions = new AskedQuestions(asks, board, environment, () -> pipeline);
  }

  /** As it was read. */
  public void tellingBy(Pipeline policy) {
    pipeline = policy;
  }

  public void tell(Ask question) {
    if (pipeline != null) {
      questions.tell(question);
    }
  }

  /** Waits until every card says how its question was answered. */
  public void end() {
    board.close();
    aside.missed();
  }
}
