package dev.signalbox.workflows.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.policy.MonitorPolicy.IncidentPolicy;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NudgesTest {
  private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");
  private static final IncidentPolicy POLICY = IncidentPolicy.DEFAULTS;

  private final Nudges nudges = Nudges.begin(START);

  @Test
  void escalatesOnceWhenNobodyAcknowledges() {
    assertThat(nudges.next(POLICY, false)).isEqualTo(minute(30));
    assertThat(nudges.due(POLICY, false, minute(29))).isEmpty();
    assertThat(nudges.due(POLICY, false, minute(30))).contains(Nudges.Kind.ESCALATION);

    Nudges escalated = nudges.said(Nudges.Kind.ESCALATION, minute(30));

    assertThat(escalated.due(POLICY, false, minute(31))).isEmpty();
  }

  @Test
  void remindsButDoesNotEscalateWhenSomebodyIsAtIt() {
    assertThat(nudges.due(POLICY, true, minute(119))).isEmpty();
    assertThat(nudges.due(POLICY, true, minute(120))).contains(Nudges.Kind.REMINDER);
  }

  @Test
  void remindsOncePerPauseCountedFromTheLastWord() {
    Nudges later =
        nudges.said(Nudges.Kind.ESCALATION, minute(30)).said(Nudges.Kind.REMINDER, minute(150));

    assertThat(later.reminders()).isEqualTo(1);
    assertThat(later.next(POLICY, false)).isEqualTo(minute(270));
  }

  private static Instant minute(int minute) {
    return START.plusSeconds(60L * minute);
  }
}
