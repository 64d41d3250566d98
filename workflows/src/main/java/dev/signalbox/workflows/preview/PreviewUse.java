package dev.signalbox.workflows.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * What people did with a preview.
 *
 * @param declined the commit at which somebody had it removed; null = nobody did
 * @param active when it was last brought to a commit, or asked for; null = never
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PreviewUse(String declined, Instant active) {
  static final PreviewUse NONE = new PreviewUse(null, null);

  PreviewUse declinedAt(String commit) {
    return new PreviewUse(commit, active);
  }

  PreviewUse activeAt(Instant now) {
    return new PreviewUse(declined, now);
  }
}
