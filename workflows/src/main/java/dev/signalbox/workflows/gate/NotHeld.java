package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.environment.StandingOrders;

/** Nothing is promoted by itself while an environment is on hold; what a person asks for passes. */
record NotHeld(StandingOrders orders, Occasion occasion) implements Gate {
  static final String NAME = "hold";

  @Override
  public GateResult judge(Facts facts) {
    if (orders.hold() == null) {
      return GateResult.met(NAME, "not on hold");
    }
    String why = "on hold by " + orders.hold().person() + ": " + orders.hold().reason();
    return occasion.automatic()
        ? GateResult.waiting(
            NAME, why + "; a promotion by hand ends it", null, orders.hold().person())
        : GateResult.met(NAME, why + "; a person asked for this");
  }
}
