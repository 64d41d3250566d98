package dev.signalbox.workflows.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * What people did with a preview, and were told.
 *
 * @param declined the commit at which somebody had it removed; null = nobody did
 * @param active when it was last brought to a commit, or asked for; null = never
 * @param warned of which end of it people were told; null = of none
 * @param fork what it may have of a fork
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PreviewUse(String declined, Instant active, Instant warned, ForkConsent fork) {
  static final PreviewUse NONE = new PreviewUse(null, null, null, null);

  /** What it may have of a fork. */
  ForkConsent consent() {
    return fork == null ? ForkConsent.NONE : fork;
  }

  PreviewUse consenting(ForkConsent consent) {
    return new PreviewUse(declined, active, warned, consent);
  }

  PreviewUse declinedAt(String commit) {
    return new PreviewUse(commit, active, warned, fork);
  }

  PreviewUse activeAt(Instant now) {
    return new PreviewUse(declined, now, warned, fork);
  }

  /** What was said of an end is said no more. */
  PreviewUse broughtAt(Instant now) {
    return new PreviewUse(declined, now, null, fork);
  }

  PreviewUse warnedOf(Instant end) {
    return new PreviewUse(declined, active, end, fork);
  }
}
