package dev.signalbox.workflows.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * What people did with a preview, and were told.
 *
 * @param declined the commit at which somebody had it removed; null = nobody did
 * @param active when it was last brought to a commit, or asked for; null = never
 * @param warned of which end of it people were told; null = of none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PreviewUse(String declined, Instant active, Instant warned) {
  static final PreviewUse NONE = new PreviewUse(null, null, null);

  PreviewUse declinedAt(String commit) {
    return new PreviewUse(commit, active, warned);
  }

  PreviewUse activeAt(Instant now) {
    return new PreviewUse(declined, now, warned);
  }

  /** What was said of an end is said no more. */
  PreviewUse broughtAt(Instant now) {
    return new PreviewUse(declined, now, null);
  }

  PreviewUse warnedOf(Instant end) {
    return new PreviewUse(declined, active, end);
  }
}
