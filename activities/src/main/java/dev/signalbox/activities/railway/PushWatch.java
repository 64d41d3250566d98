package dev.signalbox.activities.railway;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.effect.Silence;
import dev.signalbox.workflows.railway.Deployment;
import dev.signalbox.workflows.railway.RailwayActivities.PushOrder;
import dev.signalbox.workflows.railway.RailwayActivities.Pushed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Waits for the deployment that Railway makes of a push by itself. */
final class PushWatch {
  private final RailwayClient railway;
  private final PushOrder order;
  private final Pace pace;
  private final Waiting waiting;
  private final Instant startedAt;
  private Instant otherSeenAt;
  private Silence silence;

  /**
   * Heartbeat details.
   *
   * @param otherSeenAt when a deployment of something else was first seen; null = not yet
   * @param silence null = the last read was answered
   */
  record Progress(Instant startedAt, Instant otherSeenAt, Silence silence) {}

  /**
   * @param before where an earlier attempt stood; empty at the first
   * @param heartbeat is given the progress at least every two seconds
   */
  PushWatch(
      RailwayClient railway,
      PushOrder order,
      Pace pace,
      Optional<Progress> before,
      Consumer<Progress> heartbeat) {
    this.railway = railway;
    this.order = order;
    this.pace = pace;
    this.startedAt = before.map(Progress::startedAt).orElseGet(pace::now);
    this.otherSeenAt = before.map(Progress::otherSeenAt).orElse(null);
    this.silence = before.map(Progress::silence).orElse(null);
    this.waiting =
        new Waiting(pace, () -> heartbeat.accept(new Progress(startedAt, otherSeenAt, silence)));
  }

  Pushed watch() {
    Instant end = startedAt.plus(order.limit());
    while (true) {
      Instant next = pace.now().plus(order.poll());
      try {
        List<Deployment> fresh = waiting.answer(this::fresh);
        silence = null;
        Optional<String> ours =
            fresh.stream()
                .filter(deployment -> order.commit().equals(deployment.revision()))
                .map(Deployment::id)
                .findFirst();
        List<Deployment> others =
            fresh.stream()
                .filter(deployment -> !order.commit().equals(deployment.revision()))
                .toList();
        if (ours.isPresent() || given(others) || !pace.now().isBefore(end)) {
          return new Pushed(ours.orElse(null), others);
        }
      } catch (ApiException e) {
        if (e.is(Kind.REJECTED) || e.is(Kind.NOT_FOUND)) {
          throw e;
        }
        requireAnswerSoon(e);
        Duration delay = e.delay().orElse(order.poll());
        next = delay.compareTo(order.poll()) > 0 ? pace.now().plus(delay) : next;
      }
      // What was not read cannot be said to be missing: after the limit it is read once more.
      waiting.until(next.isBefore(end) || !pace.now().isBefore(end) ? next : end);
    }
  }

  private void requireAnswerSoon(ApiException failure) {
    silence = Silence.again(silence, pace.now(), failure.getMessage(), order.away());
    if (silence.over(pace.now())) {
      throw Failures.silent(
          "Railway has not answered for "
              + DurationText.of(order.away())
              + ": "
              + silence.sentence(),
          failure);
    }
  }

  private List<Deployment> fresh() {
    return railway
        .deployments(
            order.railwayProject(),
            order.environmentId(),
            order.serviceId(),
            RailwayActivitiesImpl.RECENT)
        .deployments()
        .stream()
        .filter(deployment -> !order.baseline().contains(deployment.id()))
        .sorted(EnvironmentReading.NEWEST_FIRST)
        .map(EnvironmentReading::deployment)
        .toList();
  }

  /** Whether ours had its time to appear beside something else. */
  private boolean given(List<Deployment> others) {
    if (others.isEmpty()) {
      return false;
    }
    otherSeenAt = otherSeenAt == null ? pace.now() : otherSeenAt;
    return !pace.now().isBefore(otherSeenAt.plus(order.settle()));
  }
}
