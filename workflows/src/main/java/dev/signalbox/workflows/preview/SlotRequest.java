package dev.signalbox.workflows.preview;

import java.util.List;

/**
 * Somebody is about to make the environment of a preview.
 *
 * @param there names of the environments that carry our mark at this moment
 */
public record SlotRequest(int number, List<String> there) {
  public SlotRequest {
    there = there == null ? List.of() : List.copyOf(there);
  }
}
