package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.policy.Freeze;
import dev.signalbox.workflows.release.Moments;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What freezes an environment at one moment: somebody's order, windows of the calendar, or both.
 * Somebody who lets a promotion pass lets it pass what held when they said so: a freeze that was
 * ordered, or whose window began, afterwards holds again.
 *
 * @param orders what people have ordered of the environment
 * @param calendar windows of the environment and of the project
 */
public record Frozen(StandingOrders orders, List<Freeze> calendar, Instant now) {
  public Frozen {
    calendar = List.copyOf(calendar);
  }

  /** Whether anything does. */
  public boolean holds() {
    return orders.frozen(now).isPresent() || windows().findAny().isPresent();
  }

  /** Who lets this run pass all of it; empty = nobody, or nothing holds. */
  public Optional<StandingOrder> passedBy(String promotion) {
    return orders.override(promotion).filter(this::passes);
  }

  /** Who lets which runs pass all of it. */
  public List<StandingOrder> passes() {
    return orders.overrides().stream().filter(this::passes).toList();
  }

  private boolean passes(StandingOrder override) {
    Instant given = override.since();
    return holds()
        && orders.frozen(now).filter(order -> order.since().isAfter(given)).isEmpty()
        && windows().allMatch(one -> one.endsAfter(given).equals(one.endsAfter(now)));
  }

  private Stream<Freeze> windows() {
    return calendar.stream().filter(one -> one.endsAfter(now).isPresent());
  }

  /** Which freezes they are, as a part of a sentence. */
  String names() {
    return Stream.concat(
            orders.frozen(now).stream()
                .map(order -> "by " + order.person() + " since " + Moments.text(order.since())),
            windows().map(Freeze::words))
        .collect(Collectors.joining(" and "));
  }
}
