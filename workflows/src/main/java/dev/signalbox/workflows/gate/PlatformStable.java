package dev.signalbox.workflows.gate;

/** Railway itself is well: a deployment in the middle of an incident proves nothing, either way. */
record PlatformStable() implements Gate {
  private static final String NAME = "platform";

  @Override
  public GateResult judge(Facts facts) {
    if (facts.target() == null) {
      return Gates.unread(NAME, "Railway", facts);
    }
    String incident = facts.target().incident();
    return incident == null
        ? GateResult.met(NAME, "Railway reports no incident and no maintenance")
        : GateResult.waiting(NAME, incident, null, "Railway");
  }
}
