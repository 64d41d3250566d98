package dev.signalbox.workflows.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Somebody is about to make the environment of a preview.
 *
 * @param there names of the environments that carry our mark at this moment
 * @param renamed pull requests whose environment is called something else by now, and carries our
 *     mark too
 * @param begins who was let makes it now: the next one's time counts from here
 */
public record SlotRequest(
    int number,
    List<String> there,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Integer> renamed,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean begins) {
  /** While each is called by the rule. */
  public SlotRequest(int number, List<String> there) {
    this(number, there, null);
  }

  public SlotRequest(int number, List<String> there, List<Integer> renamed) {
    this(number, there, renamed, false);
  }

  /** Of one that was let, and has found nothing against it. */
  public SlotRequest beginning() {
    return new SlotRequest(number, there, renamed, true);
  }

  public SlotRequest {
    there = there == null ? List.of() : List.copyOf(there);
    renamed = renamed == null ? List.of() : List.copyOf(renamed);
  }
}
