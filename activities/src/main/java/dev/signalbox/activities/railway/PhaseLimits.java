package dev.signalbox.activities.railway;

import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.railway.AwaitOrder;
import dev.signalbox.workflows.railway.AwaitOrder.Phase;
import dev.signalbox.workflows.railway.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The limits of one deployment and what has passed of them. People are told once for each phase,
 * when two thirds of its limit have passed.
 *
 * @param startedAt when the wait for the deployment began
 * @param last as it was seen last
 */
record PhaseLimits(AwaitOrder order, Instant startedAt, Deployment last) {
  /** Before the container is made; a deployment that a person must approve first is not built. */
  private static final Set<String> BUILDING =
      Set.of("INITIALIZING", "QUEUED", "WAITING", "BUILDING");

  /** Which limit has passed, in words. */
  Optional<String> passed(Instant now) {
    return running()
        .filter(phase -> !now.isBefore(begin(phase).plus(limit(phase))))
        .findFirst()
        .map(phase -> word(phase) + " after " + DurationText.of(limit(phase)));
  }

  /** The phase of which two thirds have passed and nobody was told. */
  Optional<Phase> slow(Instant now) {
    return untold().filter(phase -> !now.isBefore(slowAt(phase))).findFirst();
  }

  /** When the next of them passes. */
  Instant nextAfter(Instant now) {
    return Stream.concat(
            running().map(phase -> begin(phase).plus(limit(phase))), untold().map(this::slowAt))
        .filter(moment -> moment.isAfter(now))
        .min(Instant::compareTo)
        .orElse(now);
  }

  String sentence(Phase phase) {
    return word(phase)
        + " after "
        + DurationText.of(twoThirds(phase))
        + " of "
        + DurationText.of(limit(phase));
  }

  private Stream<Phase> untold() {
    return running().filter(phase -> !order.told().contains(phase));
  }

  private Stream<Phase> running() {
    return Stream.of(Phase.values()).filter(phase -> limit(phase) != null && runs(phase));
  }

  private boolean runs(Phase phase) {
    return phase == Phase.DEPLOY
        || (last.rawStatus() != null && BUILDING.contains(last.rawStatus()));
  }

  private Instant slowAt(Phase phase) {
    return begin(phase).plus(twoThirds(phase));
  }

  private Duration twoThirds(Phase phase) {
    return Duration.ofMillis(limit(phase).toMillis() * 2 / 3);
  }

  // A clock at Railway that is ahead of ours must not lengthen the build.
  private Instant begin(Phase phase) {
    return phase == Phase.BUILD && last.createdAt() != null && last.createdAt().isBefore(startedAt)
        ? last.createdAt()
        : startedAt;
  }

  private Duration limit(Phase phase) {
    return phase == Phase.BUILD ? order.build() : order.deploy();
  }

  private String word(Phase phase) {
    if (phase == Phase.BUILD) {
      return "not built";
    }
    return order.job() ? "the job has not ended" : "not active";
  }
}
