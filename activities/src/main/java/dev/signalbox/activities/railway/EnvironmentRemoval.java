package dev.signalbox.activities.railway;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import dev.signalbox.activities.railway.RailwayEnvironments.Listed;
import dev.signalbox.activities.railway.RailwayEnvironments.Listing;
import dev.signalbox.workflows.railway.PreviewActivities.RemoveOrder;
import dev.signalbox.workflows.railway.PreviewActivities.Removed;
import java.time.Duration;
import java.util.Optional;

/** Removes an environment of ours, and looks until Railway lists it no more. */
final class EnvironmentRemoval {
  private static final int LOOKS = 30;

  /** Railway removes its own by itself; one that it has not removed by then it has forgotten. */
  private static final int LOOKS_FOR_RAILWAY = 60;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final RailwayEnvironments environments;
  private final RemoveOrder order;
  private final Pace pace;

  EnvironmentRemoval(RailwayEnvironments environments, RemoveOrder order, Pace pace) {
    this.environments = environments;
    this.order = order;
    this.pace = pace;
  }

  Removed carryOut() {
    Listing listing = environments.list(order.railwayProject());
    Optional<Listed> there = find(listing);
    if (there.isEmpty()) {
      return new Removed(order.environmentId() != null, null);
    }
    Optional<String> foreign = foreign(there.get());
    if (foreign.isPresent()) {
      return new Removed(false, foreign.get());
    }
    if (railways() && listing.makesItsOwn() && goneWithin(LOOKS_FOR_RAILWAY)) {
      return new Removed(true, null);
    }
    try {
      environments.delete(there.get());
    } catch (ApiException refusal) {
      boolean refused = refusal.is(Kind.NOT_FOUND) || refusal.is(Kind.REJECTED);
      if (!refused || find().isPresent()) {
        throw refusal;
      }
    }
    awaitGone();
    return new Removed(true, null);
  }

  private boolean railways() {
    return order.pull() != null && order.pull().railway();
  }

  /** By its id where that is known: who renames an environment has not given it away. */
  private Optional<Listed> find() {
    return find(environments.list(order.railwayProject()));
  }

  private Optional<Listed> find(Listing listing) {
    return listing.all().stream()
        .filter(
            one ->
                railways()
                    ? order.pull().meant(one.pullNumber(), one.pullRepository())
                    : order.environmentId() == null
                        ? order.name().equals(one.name())
                        : order.environmentId().equals(one.id()))
        .findFirst();
  }

  private Optional<String> foreign(Listed there) {
    boolean ours = there.isEphemeral() && (railways() || marked(there) || neverMarked(there));
    return ours
        ? Optional.empty()
        : Optional.of(
            "environment "
                + there.name()
                + " does not carry the mark of this preview, so it is not touched; remove it by"
                + " hand in Railway if nobody needs it");
  }

  private boolean marked(Listed there) {
    return there.pullNumber() == null
        && environments
            .mark(order.railwayProject(), there.id())
            .filter(order.mark()::equals)
            .isPresent();
  }

  /** One that was made for this preview, by whoever died before the mark was set. */
  private boolean neverMarked(Listed there) {
    return order.since() != null
        && there.id().equals(order.environmentId())
        && there.name().equals(order.name())
        && !there.marked()
        && there.pullNumber() == null
        && there.createdAt() != null
        && !there.createdAt().isBefore(order.since());
  }

  private void awaitGone() {
    if (!goneWithin(LOOKS)) {
      throw ApiException.unavailable(
          "Railway accepted to remove environment " + order.name() + " and still lists it");
    }
  }

  private boolean goneWithin(int looks) {
    Waiting waiting = new Waiting(pace, () -> {});
    for (int look = 0; find().isPresent(); look++) {
      if (look == looks) {
        return false;
      }
      waiting.until(pace.now().plus(PAUSE));
    }
    return true;
  }
}
