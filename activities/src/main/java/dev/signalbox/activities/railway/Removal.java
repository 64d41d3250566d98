package dev.signalbox.activities.railway;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import dev.signalbox.workflows.railway.Deployment.Status;
import dev.signalbox.workflows.railway.RailwayActivities.RollbackOrder;
import java.time.Duration;

/** Ends a deployment, and looks until Railway shows that: its reads lag its writes. */
final class Removal {
  private static final int LOOKS = 10;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final RailwayClient railway;
  private final RollbackOrder order;
  private final Pace pace;

  Removal(RailwayClient railway, RollbackOrder order, Pace pace) {
    this.railway = railway;
    this.order = order;
    this.pace = pace;
  }

  void carryOut() {
    if (removed()) {
      return;
    }
    try {
      railway.remove(order.deploymentId(), order.service());
    } catch (ApiException refused) {
      if (!(refused.is(Kind.NOT_FOUND) || refused.is(Kind.REJECTED)) || !removed()) {
        throw refused;
      }
    }
    Waiting waiting = new Waiting(pace, () -> {});
    for (int look = 0; !removed(); look++) {
      if (look == LOOKS) {
        throw Failures.unavailable(
            "Railway accepted to remove deployment "
                + order.deploymentId()
                + " of "
                + order.service()
                + " and does not show it as removed yet");
      }
      waiting.until(pace.now().plus(PAUSE));
    }
  }

  private boolean removed() {
    return Statuses.of(railway.deployment(order.deploymentId()).status()) == Status.REMOVED;
  }
}
