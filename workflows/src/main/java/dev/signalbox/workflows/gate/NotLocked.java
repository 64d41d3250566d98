package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.environment.StandingOrder;
import dev.signalbox.workflows.environment.StandingOrders;
import java.util.Optional;

/** Nobody has the environment to themselves but who asked for this promotion. */
record NotLocked(StandingOrders orders, Occasion occasion) implements Gate {
  static final String NAME = "lock";

  @Override
  public GateResult judge(Facts facts) {
    Optional<StandingOrder> lock = orders.locked(occasion.at());
    if (lock.isEmpty()) {
      return GateResult.met(NAME, "nobody has it locked");
    }
    String by = lock.get().person();
    if (by.equals(occasion.requester())) {
      return GateResult.met(NAME, "locked by " + by + ", who asked for this");
    }
    return GateResult.waiting(
        NAME,
        "locked by "
            + by
            + (lock.get().untilMerged() ? " until a release of theirs is merged: " : ": ")
            + lock.get().reason(),
        lock.get().until(),
        by);
  }
}
