package dev.signalbox.workflows.monitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.policy.MonitorPolicy.IncidentPolicy;
import java.time.Instant;
import java.util.Optional;

/**
 * When people are told again of an outage that goes on. Pure.
 *
 * @param begun when the incident began to be told, by the engine's clock
 * @param reminded when people were told last
 * @param reminders how many of them there were
 * @param escalated when it was escalated; null = it is not
 */
record Nudges(
    Instant begun,
    Instant reminded,
    int reminders,
    @JsonInclude(JsonInclude.Include.NON_NULL) Instant escalated) {

  static Nudges begin(Instant now) {
    return new Nudges(now, now, 0, null);
  }

  /** What is said, and under which name, so that it is said once. */
  enum Kind {
    REMINDER,
    ESCALATION
  }

  /**
   * What comes next by itself.
   *
   * @param acknowledged whether somebody is at it: then it is not escalated any more
   */
  Instant next(IncidentPolicy policy, boolean acknowledged) {
    Instant reminder = reminded.plus(policy.remind());
    Optional<Instant> escalation = escalation(policy, acknowledged);
    return escalation.filter(then -> then.isBefore(reminder)).orElse(reminder);
  }

  /** What is to be said now; an escalation stands for a reminder that is due with it. */
  Optional<Kind> due(IncidentPolicy policy, boolean acknowledged, Instant now) {
    if (escalation(policy, acknowledged).filter(then -> !now.isBefore(then)).isPresent()) {
      return Optional.of(Kind.ESCALATION);
    }
    return now.isBefore(reminded.plus(policy.remind()))
        ? Optional.empty()
        : Optional.of(Kind.REMINDER);
  }

  private Optional<Instant> escalation(IncidentPolicy policy, boolean acknowledged) {
    return acknowledged || escalated != null
        ? Optional.empty()
        : Optional.of(begun.plus(policy.escalate()));
  }

  /** The same once it was said. */
  Nudges said(Kind kind, Instant now) {
    return kind == Kind.ESCALATION
        ? new Nudges(begun, now, reminders, now)
        : new Nudges(begun, now, reminders + 1, escalated);
  }
}
