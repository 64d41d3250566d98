package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.policy.Emergency;
import dev.signalbox.workflows.release.Moments;
import java.time.Instant;
import java.util.List;

/**
 * The door for an emergency: what is not met and may be skipped counts as met, with who called it
 * and what the gate said. It closes by itself.
 *
 * @param person who called it, as the policy names them
 * @param asked when it was called
 */
public record EmergencyDoor(String person, String reason, Instant asked) {

  private static final String SKIPPED = "skipped in an emergency by ";

  /** Whether this gate counts as met by way of it. */
  public static boolean passed(GateResult gate) {
    return gate.evidence().startsWith(SKIPPED);
  }

  /** Whether it is open at this moment; never where the policy knows no emergencies. */
  public boolean open(Emergency rule, Instant now) {
    return rule != null && now.isBefore(closes(rule));
  }

  /** When it closes. */
  public Instant closes(Emergency rule) {
    return asked.plus(rule.within());
  }

  /** Whether people need not be asked for their approval. */
  public boolean skipsApproval(Emergency rule, Instant now) {
    return open(rule, now) && rule.skip().contains(Emergency.APPROVAL);
  }

  /** The gates as they count now. */
  List<GateResult> through(List<GateResult> gates, Emergency rule, Instant now) {
    return open(rule, now) ? gates.stream().map(gate -> through(gate, rule)).toList() : gates;
  }

  private GateResult through(GateResult gate, Emergency rule) {
    return gate.state() == State.MET || !rule.skip().contains(gate.name())
        ? gate
        : GateResult.met(gate.name(), words() + "; it said: " + gate.evidence());
  }

  /** Who skips it and why, as gates and steps say it. */
  public String words() {
    return SKIPPED + person + ": " + reason;
  }

  /** What is skipped until when. */
  public String terms(Emergency rule) {
    return "called by "
        + person
        + ": "
        + reason
        + "; may skip "
        + String.join(", ", rule.skip())
        + " until "
        + Moments.text(closes(rule));
  }
}
