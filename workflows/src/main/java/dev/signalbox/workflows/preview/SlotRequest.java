package dev.signalbox.workflows.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Somebody is about to make the environment of a preview.
 *
 * @param there names of the environments that carry our mark at this moment
 * @param renamed pull requests whose environment is called something else by now, and carries our
 *     mark too
 */
public record SlotRequest(
    int number,
    List<String> there,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Integer> renamed) {
  /** While each is called by the rule. */
  public SlotRequest(int number, List<String> there) {
    this(number, there, null);
  }

  public SlotRequest {
    there = there == null ? List.of() : List.copyOf(there);
    renamed = renamed == null ? List.of() : List.copyOf(renamed);
  }
}
