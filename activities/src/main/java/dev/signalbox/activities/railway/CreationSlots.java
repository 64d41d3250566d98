package dev.signalbox.activities.railway;

import dev.signalbox.workflows.preview.SlotAnswer;
import dev.signalbox.workflows.preview.SlotRequest;

/** Who may make an environment now. It is the project's sweep that decides, no worker. */
@FunctionalInterface
public interface CreationSlots {
  /**
   * @throws RuntimeException when nobody answered: then nothing is made
   */
  SlotAnswer ask(String project, SlotRequest request);
}
