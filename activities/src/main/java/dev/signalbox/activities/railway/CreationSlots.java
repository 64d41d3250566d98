package dev.signalbox.activities.railway;

import dev.signalbox.workflows.preview.SlotAnswer;
import dev.signalbox.workflows.preview.SlotRequest;

/** Who may make an environment now. It is the project's sweep that decides, no worker. */
public interface CreationSlots {
  /**
   * @throws RuntimeException when nobody answered: then nothing is made
   */
  SlotAnswer ask(String project, SlotRequest request);

  /**
   * The environment of this pull request is gone, and makes room.
   *
   * @throws RuntimeException when nobody heard it
   */
  void freed(String project, int number);
}
