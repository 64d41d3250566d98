package dev.signalbox.workflows.monitor;

import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.policy.Freeze;
import dev.signalbox.workflows.policy.MonitorPolicy;
import java.time.Instant;
import java.util.Optional;

/**
 * Why nobody is told of an outage that is seen, for now: a person has announced it, or we ourselves
 * change what is looked at. It always ends by the clock, so that nothing that hangs keeps it.
 *
 * @param why in words
 * @param until when it is over, if nothing else comes
 */
record Silence(String why, Instant until) {

  /** Empty = it is told. */
  static Optional<Silence> at(Instant now, Doings doings, MonitorPolicy policy) {
    return deployment(now, doings, policy).or(() -> maintenance(now, policy));
  }

  private static Optional<Silence> deployment(Instant now, Doings doings, MonitorPolicy policy) {
    return Optional.ofNullable(doings.changing())
        .map(since -> since.plus(policy.silence()))
        .filter(now::isBefore)
        .map(
            until ->
                new Silence(
                    "our own deployment, for " + DurationText.of(policy.silence()) + " at most",
                    until));
  }

  private static Optional<Silence> maintenance(Instant now, MonitorPolicy policy) {
    return Freeze.opening(policy.maintenance(), now)
        .filter(opening -> opening.at() != null)
        .map(opening -> new Silence("maintenance " + opening.cause().words(), opening.at()));
  }
}
