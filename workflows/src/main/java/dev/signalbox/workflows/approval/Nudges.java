package dev.signalbox.workflows.approval;

import java.util.List;

/** Who is told that an approval still waits. */
public interface Nudges {
  /** Tells nobody: the approval shows in {@code why}. */
  Nudges NONE =
      new Nudges() {
        @Override
        public void remind(Ask ask, List<Need> missing, int number) {}

        @Override
        public void escalate(Ask ask, List<String> people) {}
      };

  /**
   * It has waited for the policy's {@code remind} again.
   *
   * @param missing what is still wanted
   * @param number the how-manieth reminder this is, from 1
   */
  void remind(Ask ask, List<Need> missing, int number);

  /**
   * Others may answer from now on.
   *
   * @param people who they are
   */
  void escalate(Ask ask, List<String> people);
}
