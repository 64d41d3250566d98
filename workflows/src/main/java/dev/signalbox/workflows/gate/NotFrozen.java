package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.environment.Frozen;
import dev.signalbox.workflows.environment.StandingOrder;
import dev.signalbox.workflows.environment.StandingOrders;
import dev.signalbox.workflows.policy.Freeze;
import dev.signalbox.workflows.policy.Freeze.Opening;
import dev.signalbox.workflows.release.Moments;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** No freeze holds, of the calendar or by somebody's order, or somebody lets this run pass it. */
record NotFrozen(List<Freeze> calendar, StandingOrders orders, Occasion occasion) implements Gate {
  static final String NAME = "freeze";

  @Override
  public GateResult judge(Facts facts) {
    Optional<StandingOrder> ordered = orders.frozen(occasion.at());
    Optional<Opening> window = Freeze.opening(calendar, occasion.at());
    if (ordered.isEmpty() && window.isEmpty()) {
      return GateResult.met(NAME, "no freeze");
    }
    String why =
        ordered
            .map(order -> "frozen by " + order.person() + ": " + order.reason())
            .orElseGet(() -> "frozen " + window.orElseThrow().cause().words());
    Optional<StandingOrder> pass =
        new Frozen(orders, calendar, occasion.at()).passedBy(occasion.run());
    if (pass.isPresent()) {
      return GateResult.passed(
          NAME,
          why + "; overridden by " + pass.get().person() + ": " + pass.get().reason(),
          opens().orElse(null),
          pass.get().person());
    }
    Instant opens = opens().orElse(null);
    return GateResult.waiting(
        NAME,
        why + (opens == null ? "" : "; opens " + Moments.text(opens)),
        opens,
        ordered.map(StandingOrder::person).orElse("the calendar"));
  }

  /** When neither a window nor the order holds any more; empty = that is not in sight. */
  private Optional<Instant> opens() {
    Instant at = occasion.at();
    while (true) {
      Optional<StandingOrder> ordered = orders.frozen(at);
      if (ordered.isPresent() && ordered.get().until() == null) {
        return Optional.empty();
      }
      Instant next = ordered.map(StandingOrder::until).orElse(at);
      Optional<Opening> window = Freeze.opening(calendar, next);
      if (window.isPresent() && window.get().at() == null) {
        return Optional.empty();
      }
      Instant after = window.map(Opening::at).orElse(next);
      if (after.equals(at)) {
        return Optional.of(at);
      }
      at = after;
    }
  }
}
