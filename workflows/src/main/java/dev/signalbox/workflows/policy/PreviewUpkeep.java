package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * How previews are kept right.
 *
 * @param sweep between two comparisons of what there is with what there should be
 * @param createEvery least time between two creations: Railway makes one environment in 30 seconds
 * @param limit how many there may be at a time; null = any number
 * @param whenFull what becomes of one more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PreviewUpkeep(
    Duration sweep, Duration createEvery, Integer limit, WhenFull whenFull) {
  public static final PreviewUpkeep USUAL = new PreviewUpkeep(null, null, null, null);

  public PreviewUpkeep {
    sweep = sweep == null ? Duration.ofMinutes(10) : sweep;
    createEvery = createEvery == null ? Duration.ofSeconds(35) : createEvery;
    whenFull = whenFull == null ? WhenFull.WAIT : whenFull;
  }

  /** What becomes of one more than there may be. */
  public enum WhenFull {
    /** It waits until one goes. */
    @JsonProperty("wait")
    WAIT,
    /** The one in which nothing has happened for longest is removed. */
    @JsonProperty("remove-idle")
    REMOVE_IDLE
  }
}
