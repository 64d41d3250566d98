package dev.signalbox.workflows.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What the sweeps of a project carry from one run to the next.
 *
 * @param last null = none yet
 * @param declined the commit at which somebody had the preview of an open pull request removed, by
 *     its number: it stays away until another is pushed
 * @param known ids of environments whose mark was read and is ours
 * @param slots null = nobody waits or makes anything
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PreviewsState(
    String project,
    SweepReport last,
    Map<Integer, String> declined,
    List<String> known,
    Slots slots) {
  public PreviewsState {
    declined = declined == null ? Map.of() : Map.copyOf(declined);
    known = known == null ? List.of() : List.copyOf(known);
    slots = slots == null ? Slots.FREE : slots;
  }

  public static PreviewsState empty(String project) {
    return new PreviewsState(project, null, null, null, null);
  }

  /** After another sweep. */
  PreviewsState swept(SweepReport report) {
    return new PreviewsState(project, report, declined, known, slots);
  }

  PreviewsState having(Map<Integer, String> declinedNow, List<String> knownNow) {
    return new PreviewsState(project, last, declinedNow, knownNow, slots);
  }

  PreviewsState with(Slots now) {
    return new PreviewsState(project, last, declined, known, now);
  }
}
