package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How previews are kept right.
 *
 * @param sweep between two comparisons of what there is with what there should be
 * @param createEvery least time between two creations: Railway makes one environment in 30 seconds
 * @param limit how many there may be at a time; null = any number
 * @param whenFull what becomes of one more
 * @param ttl longest time in which nothing happens to one; null = any
 * @param maxAge longest time for which there is one; null = any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PreviewUpkeep(
    Duration sweep,
    Duration createEvery,
    Integer limit,
    WhenFull whenFull,
    Duration ttl,
    Duration maxAge) {
  public static final PreviewUpkeep USUAL = new PreviewUpkeep(null, null, null, null, null, null);

  private static final Duration LONGEST_WARNING = Duration.ofHours(12);

  public PreviewUpkeep {
    sweep = sweep == null ? Duration.ofMinutes(10) : sweep;
    createEvery = createEvery == null ? Duration.ofSeconds(35) : createEvery;
    whenFull = whenFull == null ? WhenFull.WAIT : whenFull;
  }

  /**
   * When one goes by itself; empty = it stays as long as its pull request.
   *
   * @param active when something happened to it last; null = not known
   * @param made when its environment was made; null = not known
   */
  public Optional<Instant> end(Instant active, Instant made) {
    return Stream.of(after(active, ttl), after(made, maxAge))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /** When people are told of an end at this time. */
  public Instant warning(Instant end) {
    Duration shorter =
        Stream.of(ttl, maxAge)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    Duration before = shorter.dividedBy(4);
    return end.minus(before.compareTo(LONGEST_WARNING) < 0 ? before : LONGEST_WARNING);
  }

  private static Optional<Instant> after(Instant since, Duration time) {
    return since == null || time == null ? Optional.empty() : Optional.of(since.plus(time));
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
