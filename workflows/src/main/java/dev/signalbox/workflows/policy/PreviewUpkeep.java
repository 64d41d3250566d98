package dev.signalbox.workflows.policy;

import java.time.Duration;

/**
 * How previews are kept right.
 *
 * @param sweep between two comparisons of what there is with what there should be
 */
public record PreviewUpkeep(Duration sweep) {
  public static final PreviewUpkeep USUAL = new PreviewUpkeep(null);

  public PreviewUpkeep {
    sweep = sweep == null ? Duration.ofMinutes(10) : sweep;
  }
}
