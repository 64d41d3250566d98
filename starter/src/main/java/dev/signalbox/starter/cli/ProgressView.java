package dev.signalbox.starter.cli;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import dev.signalbox.workflows.release.Step;
import java.util.List;

/** Shows a run to who stays with it: in lines, or as a table that is drawn again and again. */
interface ProgressView {

  /**
   * Where it stands now.
   *
   * @param steps of the run and of its deploy, in order
   */
  void show(PromotionStatus status, List<Step> steps);

  /**
   * Who gives the run no answer now.
   *
   * @param silent empty = everybody answers
   */
  void silences(List<Unmet> silent);

  /** Something is asked; told once. */
  void asks(String id, Ask ask);

  /** A line that belongs to the answer. */
  void note(String line);

  /** Something on the side that is no part of the answer. */
  void aside(String text);

  /** Nothing follows but the last line. */
  void end();
}
