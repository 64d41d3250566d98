package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.environment.LiveSet;

/**
 * One service may be deployed without the others. Judged only where somebody asks for that.
 *
 * @param allowed whether the policy says so
 * @param live what the ledger recorded; null = no record, or mixed
 */
record Partial(String service, boolean allowed, LiveSet live) implements Gate {
  private static final String NAME = "partial";

  @Override
  public GateResult judge(Facts facts) {
    if (!allowed) {
      return GateResult.failed(
          NAME, "only " + service + ", and partial = true is not set here", "requester");
    }
    if (live == null) {
      return GateResult.failed(
          NAME,
          "only " + service + ", and no verified set is on record that it could be deployed into",
          "requester");
    }
    return GateResult.met(
        NAME,
        "only " + service + " is deployed, the others stay: the set is no longer of one commit");
  }
}
