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
 * @param told what was said of it, for a run that goes on with it; null = the run knows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PreviewUse(
    String declined, Instant active, Instant warned, ForkConsent fork, Told told) {
  static final PreviewUse NONE = new PreviewUse(null, null, null, null, null);

  /** What it may have of a fork. */
  ForkConsent consent() {
    return fork == null ? ForkConsent.NONE : fork;
  }

  PreviewUse consenting(ForkConsent consent) {
    return new PreviewUse(declined, active, warned, consent, told);
  }

  PreviewUse declinedAt(String commit) {
    return new PreviewUse(commit, active, warned, fork, told);
  }

  PreviewUse activeAt(Instant now) {
    return new PreviewUse(declined, now, warned, fork, told);
  }

  /** What was said of an end is said no more. */
  PreviewUse broughtAt(Instant now) {
    return new PreviewUse(declined, now, null, fork, told);
  }

  PreviewUse warnedOf(Instant end) {
    return new PreviewUse(declined, active, end, fork, told);
  }

  PreviewUse telling(Told words) {
    return new PreviewUse(declined, active, warned, fork, words);
  }

  /**
   * What was said of it last at GitHub.
   *
   * @param called as Railway calls the environment; null = as the rule does
   * @param pending the commit that was said to be on its way; null = none is
   * @param comment the words; null = none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Told(String called, String pending, String comment) {}
}
