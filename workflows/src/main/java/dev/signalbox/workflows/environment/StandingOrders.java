package dev.signalbox.workflows.environment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that people have ordered of an environment.
 *
 * @param freeze null = none; what signalbox.toml freezes is not here
 * @param lock who has the environment to themselves; null = nobody
 * @param queue who wants the lock next, in order
 * @param hold why nothing is promoted by itself; null = nothing is in the way
 * @param overrides promotions that may pass what was frozen then, see {@link Frozen}
 */
public record StandingOrders(
    StandingOrder freeze,
    StandingOrder lock,
    List<StandingOrder> queue,
    StandingOrder hold,
    List<StandingOrder> overrides) {
  public static final StandingOrders NONE = new StandingOrders(null, null, null, null, null);

  public StandingOrders {
    queue = queue == null ? List.of() : List.copyOf(queue);
    overrides = overrides == null ? List.of() : List.copyOf(overrides);
  }

  /** Who lets this run pass what was frozen when they said so. */
  public Optional<StandingOrder> override(String promotion) {
    return overrides.stream().filter(one -> one.promotion().equals(promotion)).findFirst();
  }

  /** The freeze that holds at this moment. */
  public Optional<StandingOrder> frozen(Instant now) {
    return Optional.ofNullable(freeze).filter(one -> one.holds(now));
  }

  /** The lock that holds at this moment. */
  public Optional<StandingOrder> locked(Instant now) {
    return Optional.ofNullable(lock).filter(one -> one.holds(now));
  }
}
